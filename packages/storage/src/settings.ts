/** Where the bucket is and who may use it. */
export interface StorageSettings {
  /** As this process reaches it, for example http://127.0.0.1:9000 */
  readonly endpoint: string;
  /** As browsers and other systems reach it; presigned addresses begin with it. */
  readonly publicEndpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
}
