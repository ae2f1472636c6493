"use strict";

/** Shows a picture, the probabilities after each of its rows, and those after one row as bars. */
class Reading {
  #classes;
  #bars;
  #image = document.getElementById("image");
  #map = document.getElementById("map");
  #guess = document.getElementById("guess");
  #progress = document.getElementById("progress");
  #plot = document.querySelector(".plot");
  #slider = document.getElementById("row");
  #pixels = null;
  #probabilities = null;

  constructor(classes) {
    this.#classes = classes;
    this.#map.width = classes.length;
    this.#plot.style.setProperty("--classes", classes.length);
    this.#bars = classes.map(name => {
      const item = document.createElement("li");
      item.innerHTML = '<span class="bar-track"><span class="percent"></span><span class="bar"></span></span><span class="name"></span>';
      item.querySelector(".name").textContent = name;
      document.getElementById("bars").append(item);
      const [percent, bar] = [".percent", ".bar"].map(part => item.querySelector(part));
      return { item, percent, bar };
    });
    for (const row of [7, 14, 21, 28]) {
      const tick = document.createElement("li");
      tick.textContent = row;
      tick.style.setProperty("--row", row);
      document.getElementById("ticks").append(tick);
    }
  }

  /** The number of rows that have been read, 1 to 28. */
  get row() {
    return Number(this.#slider.value);
  }

  set row(value) {
    this.#slider.value = value;
    this.show();
  }

  /** Whether the network says what it thinks after each row. */
  get overTime() {
    return this.#probabilities !== null && this.#probabilities.length > 1;
  }

  /** Shows another picture. Null for both: none. */
  set(pixels, probabilities) {
    this.#pixels = pixels;
    this.#probabilities = probabilities;
    this.row = Picture.side;
  }

  show() {
    const now = this.#probabilities?.[this.overTime ? this.row - 1 : 0];
    const best = now && Reading.#best(now);
    this.#bars.forEach(({ item, percent, bar }, i) => {
      percent.textContent = now ? `${Math.round(100 * now[i])} %` : "";
      bar.style.height = `calc((100% - 1rem) * ${now?.[i] ?? 0})`;
      item.classList.toggle("best", i === best);
    });
    this.#plot.style.setProperty("--row", this.row);
    this.#guess.textContent = now ? this.#classes[best] : "";
    this.#progress.textContent = now ? `Row ${this.row} of ${Picture.side}` : "";
    this.#slider.setAttribute("aria-valuetext", now ? `${this.row}: ${this.#classes[best]}, ${Reading.#percent(now[best])}` : `${this.row}`);
    this.#paint(this.#image, Picture.side, (x, y) => (this.#pixels?.[y * Picture.side + x] ?? 0) / 255);
    this.#paint(this.#map, this.#classes.length, (x, y) => (this.overTime ? this.#probabilities[y][x] : 0));
  }

  /** Says in words what the network takes the picture for, and since when. */
  verdict() {
    const best = this.#probabilities.map(Reading.#best);
    const last = best.at(-1);
    const result = `The network reads ${this.#classes[last]} (${Reading.#percent(this.#probabilities.at(-1)[last])})`;
    return this.overTime
      ? `${result}, and has taken it for nothing else since row ${best.findLastIndex(one => one !== last) + 2}.`
      : `${result}. As it also reads from the bottom up, it says nothing before it has seen all rows.`;
  }

  static #percent(probability) {
    return probability > 0.999 ? "over 99.9 %" : `${(100 * probability).toFixed(1)} %`;
  }

  static #best(probabilities) {
    return probabilities.indexOf(Math.max(...probabilities));
  }

  /** Fills a canvas that has one pixel per value, in the colour that the style sheet gives it. */
  #paint(canvas, width, value) {
    const context = canvas.getContext("2d");
    context.clearRect(0, 0, width, Picture.side);
    context.fillStyle = getComputedStyle(canvas).color;
    for (let y = 0; y < Picture.side; y++) {
      for (let x = 0; x < width; x++) {
        context.globalAlpha = value(x, y);
        context.fillRect(x, y, 1, 1);
      }
    }
  }
}
