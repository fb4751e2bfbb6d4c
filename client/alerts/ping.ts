const SHORTEST_GAP_MS = 3_000;
const VOLUME = 0.15;
/** Hertz, one after the other. */
const NOTES = [880, 1_175];
const NOTE_SECONDS = 0.12;

let audio: AudioContext | undefined;
let last = Number.NEGATIVE_INFINITY;

/**
 * Two short notes, and not again within three seconds. False where the browser lets the page make no sound, as before
 * anything was clicked on it.
 */
export async function ping(): Promise<boolean> {
  if (!navigator.userActivation.hasBeenActive) return false;
  if (performance.now() - last < SHORTEST_GAP_MS) return true;
  last = performance.now();
  audio ??= new AudioContext();
  const context = audio;
  await context.resume();
  NOTES.forEach((pitch, place) => {
    play(context, pitch, place * NOTE_SECONDS);
  });
  return true;
}

function play(context: AudioContext, pitch: number, after: number): void {
  const start = context.currentTime + after;
  const tone = new OscillatorNode(context, { type: 'sine', frequency: pitch });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.linearRampToValueAtTime(VOLUME, start + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.001, start + NOTE_SECONDS * 2);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + NOTE_SECONDS * 2);
}
