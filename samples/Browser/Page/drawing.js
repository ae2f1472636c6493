"use strict";

/** Strokes that are drawn on a canvas with a mouse, a finger or a pen, in coordinates from 0 to 1. */
class Drawing {
  /** The width of the pen on the canvas, which is 1 wide. */
  static #pen = 0.055;

  #canvas;
  #changed;
  #strokes = [];
  #pointer = null;

  /**
   * @param {HTMLCanvasElement} canvas Where to draw.
   * @param {() => void} changed Is called after each change.
   */
  constructor(canvas, changed) {
    this.#canvas = canvas;
    this.#changed = changed;
    canvas.addEventListener("pointerdown", event => this.#begin(event));
    canvas.addEventListener("pointermove", event => this.#go(event));
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, event => this.#end(event));
    }

    new ResizeObserver(() => this.show()).observe(canvas);
  }

  /** The strokes: arrays of points, each an array of two numbers. */
  get strokes() {
    return this.#strokes;
  }

  set strokes(value) {
    this.#pointer = null;
    this.#strokes = value;
    this.show();
    this.#changed();
  }

  /** Draws all strokes in the colour that the style sheet gives the canvas. */
  show() {
    const size = Math.round(this.#canvas.clientWidth * devicePixelRatio);
    this.#canvas.width = this.#canvas.height = size;
    const context = this.#canvas.getContext("2d");
    context.strokeStyle = getComputedStyle(this.#canvas).color;
    context.scale(size, size);
    Drawing.trace(context, this.#strokes, Drawing.#pen);
  }

  /** Draws strokes as smooth lines with round ends; a stroke of one point is a dot. */
  static trace(context, strokes, pen) {
    context.lineWidth = pen;
    context.lineCap = context.lineJoin = "round";
    for (const points of strokes) {
      context.beginPath();
      context.moveTo(...points[0]);
      for (let i = 1; i < points.length - 1; i++) {
        const [x, y] = points[i];
        const [nextX, nextY] = points[i + 1];
        context.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
      }

      // A line to the same point would not be drawn, so a dot is a very short one.
      const [x, y] = points.at(-1);
      context.lineTo(points.length === 1 ? x + 0.001 : x, y);
      context.stroke();
    }
  }

  #begin(event) {
    if (this.#pointer === null && event.button === 0) {
      event.preventDefault();
      this.#canvas.setPointerCapture(event.pointerId);
      this.#pointer = event.pointerId;
      this.#strokes.push([]);
      this.#add(event);
    }
  }

  #go(event) {
    if (event.pointerId === this.#pointer) {
      // A browser reports several movements at once; all of them make the line smooth.
      const all = event.getCoalescedEvents?.() ?? [];
      this.#add(...(all.length > 0 ? all : [event]));
    }
  }

  #end(event) {
    if (event.pointerId === this.#pointer) {
      this.#pointer = null;
    }
  }

  #add(...events) {
    const frame = this.#canvas.getBoundingClientRect();
    for (const event of events) {
      this.#strokes.at(-1).push([(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height]);
    }

    this.show();
    this.#changed();
  }
}
