/** The two columns of a page that is one form: what is chosen; what comes of it, and the button. One below the other on a phone. */
export const formColumns = 'grid max-w-5xl gap-x-10 lg:grid-cols-[1fr_22rem]';
