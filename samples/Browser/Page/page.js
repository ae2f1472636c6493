"use strict";

/** What the page shows: the pixels that the network has read and the probabilities after each row. Null while the paper is empty. */
let shown = null;

(async () => {
  const verdict = document.getElementById("verdict");
  const play = document.getElementById("play");
  const slider = document.getElementById("row");
  const hint = document.getElementById("hint");
  const drawing = new Drawing(document.getElementById("paper"), () => changed());
  const reading = new Reading(model.classes);
  let network = null;
  let animation = null;
  let [busy, outdated] = [false, false];

  for (const [digit, strokes] of Object.entries(examples)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = digit;
    button.setAttribute("aria-label", `Example ${digit}`);
    button.addEventListener("click", () => (drawing.strokes = structuredClone(strokes)));
    document.getElementById("examples").append(button);
  }

  document.getElementById("clear").addEventListener("click", () => (drawing.strokes = []));
  play.addEventListener("click", () => (animation === null ? start() : stop()));
  slider.addEventListener("input", () => {
    stop();
    reading.show();
  });
  for (const frame of document.querySelectorAll(".read")) {
    const follow = event => {
      if (shown !== null && reading.overTime && (event.buttons & 1) === 1) {
        stop();
        const { top, height } = frame.getBoundingClientRect();
        reading.row = Math.min(Picture.side, Math.max(1, Math.ceil((event.clientY - top) / height * Picture.side)));
      }
    };
    frame.addEventListener("pointerdown", follow);
    frame.addEventListener("pointermove", follow);
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    drawing.show();
    reading.show();
  });
  reading.set(null, null);

  try {
    network = await Network.load();
    await changed();
  } catch (error) {
    fail(error);
  }

  /** Reads what is drawn now. If more is drawn meanwhile, reads once more afterwards. */
  async function changed() {
    hint.hidden = drawing.strokes.length > 0;
    if (network === null) {
      return;
    }

    outdated = true;
    if (busy) {
      return;
    }

    busy = true;
    try {
      while (outdated) {
        outdated = false;
        state("reading");
        await read();
      }
    } catch (error) {
      fail(error);
    } finally {
      busy = false;
    }
  }

  async function read() {
    if (drawing.strokes.length === 0) {
      show(null);
      state("empty");
      verdict.textContent = "The paper is empty: draw a digit.";
      return;
    }

    const pixels = Picture.of(drawing.strokes);
    show({ pixels: [...pixels], probabilities: await network.read(pixels) });
    state("read");
    verdict.textContent = reading.verdict();
  }

  function show(value) {
    stop();
    shown = value;
    reading.set(value?.pixels ?? null, value?.probabilities ?? null);
    play.disabled = slider.disabled = !reading.overTime;
  }

  /** Lets the rows be read at a pace that a person can follow. */
  function start() {
    const begin = performance.now();
    play.textContent = "Stop";
    animation = requestAnimationFrame(function step(now) {
      const row = Math.max(1, Math.ceil((now - begin) / 110));
      reading.row = Math.min(row, Picture.side);
      animation = requestAnimationFrame(step);
      if (row > Picture.side) {
        stop();
      }
    });
  }

  function stop() {
    cancelAnimationFrame(animation);
    animation = null;
    play.textContent = "Play";
  }

  function state(name) {
    document.body.dataset.state = name;
  }

  function fail(error) {
    state("failed");
    verdict.textContent = `The network cannot be run in this browser: ${error.message ?? error}`;
    console.error(error);
  }
})();
