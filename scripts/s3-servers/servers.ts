/** Credentials and port that a server is started with. */
export interface ServerStart {
  readonly port: number;
  readonly folder: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
  readonly origin: string;
}

/** An S3 server that the Go toolchain builds from its module. */
export interface ForeignServer {
  readonly name: string;
  readonly version: string;
  /** For `go install`. */
  readonly module: string;
  readonly binary: string;
  command(start: ServerStart): {
    readonly argv: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
  };
}

export const embedded = 'embedded';

export const foreignServers: readonly ForeignServer[] = [
  {
    name: 'minio',
    version: '2026-02-12',
    module: 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c',
    binary: 'minio',
    command: ({ port, folder, accessKey, secretKey, region, origin }) => ({
      argv: ['server', '--quiet', '--address', `127.0.0.1:${port}`, folder],
      environment: {
        MINIO_ROOT_USER: accessKey,
        MINIO_ROOT_PASSWORD: secretKey,
        MINIO_SITE_REGION: region,
        MINIO_API_CORS_ALLOW_ORIGIN: origin,
        MINIO_BROWSER: 'off',
        MINIO_UPDATE: 'off',
      },
    }),
  },
  {
    name: 'versitygw',
    version: '1.8.0',
    module: 'github.com/versity/versitygw/cmd/versitygw@v1.8.0',
    binary: 'versitygw',
    command: ({ port, folder, accessKey, secretKey, region }) => ({
      argv: ['--quiet', '--port', `127.0.0.1:${port}`, '--region', region, 'posix', folder],
      environment: { ROOT_ACCESS_KEY: accessKey, ROOT_SECRET_KEY: secretKey },
    }),
  },
];
