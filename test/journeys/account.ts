/** Who makes the first account, and with it the lab. */
export const account = {
  name: 'A. Tester',
  lab: 'Lab A',
  email: 'tester@lab.example',
  password: 'correct horse 9',
};
