"use strict";

/** The exported network, run by ONNX Runtime. */
class Network {
  static #runtime = null;
  #session;

  /** The classes, in the order of the probabilities. */
  classes = model.classes;

  constructor(session) {
    this.#session = session;
  }

  /** Starts ONNX Runtime and loads the network. All files are in the scripts of this page, so they need no server. */
  static async load() {
    await (Network.#runtime ??= Network.#start());
    return new Network(await ort.InferenceSession.create(await Network.#unpack(model.onnx), { executionProviders: ["wasm"] }));
  }

  /**
   * Returns the probabilities of the classes after each row; only those after the last row if the network does not give the others.
   * @param {Uint8Array} pixels The picture.
   * @returns {Promise<number[][]>}
   */
  async read(pixels) {
    const features = new ort.Tensor("float32", Float32Array.from(pixels, pixel => pixel / 255), [1, Picture.side, Picture.side]);
    const outputs = await this.#session.run({ features });
    const flat = (outputs.probabilities_over_time ?? outputs.probabilities).data;
    const count = this.classes.length;
    return Array.from({ length: flat.length / count }, (_, row) => [...flat.subarray(row * count, (row + 1) * count)]);
  }

  static async #start() {
    // One thread: more would need a server that sends the headers of cross-origin isolation, and the network is too small to gain from them.
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmBinary = await Network.#unpack(onnxRuntime.wasm);
    ort.env.wasm.wasmPaths = { mjs: URL.createObjectURL(new Blob([await Network.#unpack(onnxRuntime.mjs)], { type: "text/javascript" })) };
  }

  /** Returns the bytes of a file that is gzipped and written in base64. */
  static async #unpack(text) {
    const binary = atob(text);
    const packed = new Uint8Array(binary.length);
    for (let i = 0; i < packed.length; i++) {
      packed[i] = binary.charCodeAt(i);
    }

    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }
}
