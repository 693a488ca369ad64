import { create, toBinary } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './onnx_pb.ts';

/** A bare number is an integer attribute; floats are marked, since the format tells them apart. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] };

export type Attributes = Readonly<Record<string, Attribute>>;

/** A number is fixed; a text names a dimension that is known only when the graph runs. */
export type Dimension = number | string;

export interface NodeOptions {
  readonly attributes?: Attributes;
  /** Operator domain; '' is ai.onnx. */
  readonly domain?: string;
  /** Number of outputs; 1 by default. */
  readonly outputs?: number;
  /** The name of the one output; chosen by the builder by default. */
  readonly outputName?: string;
}

const irVersion = 9n;
const opset = 20n;

/** Collects the nodes of one ONNX graph and writes them as a ModelProto. Values go by name. */
export class GraphBuilder {
  private readonly nodes: NodeProto[] = [];
  private readonly initializers: TensorProto[] = [];
  private readonly inputs: ValueInfoProto[] = [];
  private readonly outputs: ValueInfoProto[] = [];
  private readonly constants = new Map<string, string>();
  private readonly domains = new Set(['']);
  /** Names that values take when the graph is written: those of the graph's outputs. */
  private readonly finalNames = new Map<string, string>();
  private values = 0;
  /** Put before the names of nodes that follow, so that profiles can be read by layer. */
  scope = '';

  get nodeCount(): number {
    return this.nodes.length;
  }

  input(name: string, shape: readonly Dimension[]): string {
    this.inputs.push(floatValue(name, shape));
    return name;
  }

  output(name: string, shape: readonly Dimension[]): void {
    this.outputs.push(floatValue(name, shape));
  }

  /** Makes a value an output of the graph under the name; no node is spent on it where that can be. */
  outputValue(name: string, value: string, shape: readonly Dimension[]): void {
    const isComputed = this.nodes.some((node) => node.output.includes(value));
    if (isComputed && !this.finalNames.has(value)) this.finalNames.set(value, name);
    else this.node('Identity', [value], { outputName: name });
    this.output(name, shape);
  }

  /** Adds a node and gives the names of its outputs. An input '' is one left out. */
  node(type: string, inputs: readonly string[], options: NodeOptions = {}): string[] {
    const count = options.outputs ?? 1;
    const output = options.outputName === undefined ? this.freshNames(count) : [options.outputName];
    const domain = options.domain ?? '';
    this.domains.add(domain);
    this.nodes.push(
      create(NodeProtoSchema, {
        input: [...inputs],
        output,
        name: `${this.scope}${this.scope && '/'}${type}_${this.nodes.length}`,
        opType: type,
        domain,
        attribute: Object.entries(options.attributes ?? {}).map(([name, value]) => attribute(name, value)),
      }),
    );
    return output;
  }

  floats(data: Float32Array, shape: readonly number[]): string {
    return this.initializer(
      DataType.FLOAT,
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      shape,
    );
  }

  integers(values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.initializer(DataType.INT64, new Uint8Array(data.buffer), [values.length]);
  }

  /**
   * The graph for the runtime alone, its nodes written last first. The runtime orders nodes by walking back from the
   * outputs, and of a node's inputs it goes first to the one that stands last in the file. So it keeps to the order in
   * which nodes were added: a layer's weight gradient right after the gradient of its output, whose memory is then free,
   * and a tenth of a training's memory with it. The format wants nodes sorted; onnxruntime does not.
   */
  writeForRuntime(): Uint8Array {
    return this.encode({}, this.nodes.toReversed());
  }

  write(metadata: Readonly<Record<string, string>> = {}): Uint8Array {
    return this.encode(metadata, this.nodes);
  }

  private encode(metadata: Readonly<Record<string, string>>, nodes: NodeProto[]): Uint8Array {
    const finalName = (value: string): string => this.finalNames.get(value) ?? value;
    for (const node of this.nodes) {
      node.input = node.input.map(finalName);
      node.output = node.output.map(finalName);
    }
    const model = create(ModelProtoSchema, {
      irVersion,
      producerName: 'cellmixer',
      opsetImport: [...this.domains].map((domain) =>
        create(OperatorSetIdProtoSchema, { domain, version: domain === '' ? opset : 1n }),
      ),
      graph: create(GraphProtoSchema, {
        name: 'cellmixer',
        node: nodes,
        initializer: this.initializers,
        input: this.inputs,
        output: this.outputs,
      }),
      metadataProps: Object.entries(metadata).map(([key, value]) =>
        create(StringStringEntryProtoSchema, { key, value }),
      ),
    });
    return toBinary(ModelProtoSchema, model);
  }

  private initializer(dataType: number, rawData: Uint8Array, shape: readonly number[]): string {
    // Small constants (axes, shapes, scalars) come back often; large ones are not worth the key.
    const key = rawData.length <= 1024 ? `${dataType}|${shape.join()}|${rawData.join()}` : undefined;
    const known = key === undefined ? undefined : this.constants.get(key);
    if (known !== undefined) return known;
    const [name = ''] = this.freshNames(1);
    this.initializers.push(create(TensorProtoSchema, { name, dataType, dims: shape.map(BigInt), rawData }));
    if (key !== undefined) this.constants.set(key, name);
    return name;
  }

  private freshNames(count: number): string[] {
    return Array.from({ length: count }, () => `v${this.values++}`);
  }
}

function attribute(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'number') {
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  }
  if (typeof value === 'string') {
    return create(AttributeProtoSchema, {
      name,
      type: AttributeType.STRING,
      s: new TextEncoder().encode(value),
    });
  }
  if ('float' in value)
    return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  if ('floats' in value) {
    return create(AttributeProtoSchema, { name, type: AttributeType.FLOATS, floats: [...value.floats] });
  }
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

function floatValue(name: string, shape: readonly Dimension[]): ValueInfoProto {
  const dim = shape.map((size) =>
    typeof size === 'number'
      ? { value: { case: 'dimValue' as const, value: BigInt(size) } }
      : { value: { case: 'dimParam' as const, value: size } },
  );
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: DataType.FLOAT, shape: { dim } } } },
  });
}
