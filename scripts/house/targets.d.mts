export declare const targets: Readonly<
  Record<
    string,
    {
      readonly file: string;
      readonly arguments?: readonly string[];
      readonly inCallersFolder?: boolean;
      readonly needsPortal?: boolean;
    }
  >
>;
