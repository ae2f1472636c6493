"use strict";

/** A picture as the network reads it: rows of pixels from 0 (paper) to 255 (ink). */
class Picture {
  static side = 28;

  // As the pictures of MNIST were made: the digit fills a box of 20 × 20 pixels, and its centre of mass lies in the centre of the picture. The pen is as wide as
  // theirs on average. It is drawn larger first, then each pixel is the average of its part.
  static #box = 20;
  static #pen = 2.4;
  static #fine = 4;
  static #canvas = Object.assign(document.createElement("canvas"), { width: Picture.side * Picture.#fine, height: Picture.side * Picture.#fine });
  // A drawing that is smaller than this share of the canvas is not enlarged any further, so that a dot remains a dot.
  static #least = 0.15;

  /** Returns the pixels of strokes, row by row. */
  static of(strokes) {
    const all = strokes.flat();
    const [left, top] = [0, 1].map(axis => all.reduce((least, point) => Math.min(least, point[axis]), Infinity));
    const [right, bottom] = [0, 1].map(axis => all.reduce((most, point) => Math.max(most, point[axis]), -Infinity));
    const scale = (Picture.#box - Picture.#pen) / Math.max(right - left, bottom - top, Picture.#least);
    const placed = (x, y) => strokes.map(points => points.map(point => [(point[0] - x) * scale + Picture.side / 2, (point[1] - y) * scale + Picture.side / 2]));

    const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
    const [massX, massY] = Picture.#centre(Picture.#draw(placed(middleX, middleY)));
    return Picture.#draw(placed(middleX + massX / scale, middleY + massY / scale));
  }

  static #draw(strokes) {
    const fine = Picture.#fine;
    const size = Picture.side * fine;
    const context = Picture.#canvas.getContext("2d", { willReadFrequently: true });
    context.setTransform(fine, 0, 0, fine, 0, 0);
    context.clearRect(0, 0, Picture.side, Picture.side);
    Drawing.trace(context, strokes, Picture.#pen);

    const ink = new Float32Array(Picture.side ** 2);
    const rgba = context.getImageData(0, 0, size, size).data;
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        ink[Math.floor(y / fine) * Picture.side + Math.floor(x / fine)] += rgba[(y * size + x) * 4 + 3] / fine ** 2;
      }
    }

    return Uint8Array.from(ink, Math.round);
  }

  /** Returns how far the centre of mass lies from the centre of the picture. */
  static #centre(pixels) {
    let [mass, x, y] = [0, 0, 0];
    pixels.forEach((ink, i) => {
      mass += ink;
      x += ink * (i % Picture.side + 0.5);
      y += ink * (Math.floor(i / Picture.side) + 0.5);
    });
    return [x / mass - Picture.side / 2, y / mass - Picture.side / 2];
  }
}
