/** Colours, and the shapes of people and things. */
import type { Point } from "./layout";

/** Okabe and Ito's colours, told apart by the colour-blind; shape and size differ too. */
export const COLOUR = {
  ink: "#1d2430", soft: "#5c6470", paper: "#ffffff", marketing: "#eef5fa", sales: "#fdf4e7",
  inquiry: "#56b4e9", desk: "#e69f00", worked: "#0072b2", selling: "#009e73", customer: "#00664b",
  lost: "#c9ced6", never: "#4d535d", bad: "#d55e00", badText: "#8a3d00", good: "#0072b2", line: "#d3d8df",
};
export const RED = [213, 94, 0];
export const GREY = [203, 207, 214];
const BLUE = [0, 114, 178];
export const USUAL_TRUST = 0.45;

export const mix = (a: number[], b: number[], share: number) => `rgb(${a.map((v, i) => Math.round(v + (b[i] - v) * share)).join(",")})`;
export function trustColour(trust: number): string {
  return trust < USUAL_TRUST ? mix(RED, GREY, trust / USUAL_TRUST) : mix(GREY, BLUE, Math.min(1, (trust - USUAL_TRUST) / 0.4));
}

/** A box with round corners, by means that Safari 15 has. */
export function box(c: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, r: number): void {
  c.beginPath();
  c.moveTo(x + r, y);
  c.arcTo(x + w, y, x + w, y + h, r);
  c.arcTo(x + w, y + h, x, y + h, r);
  c.arcTo(x, y + h, x, y, r);
  c.arcTo(x, y, x + w, y, r);
  c.closePath();
}

/** Two people of both sides at one table. */
export function hands(c: CanvasRenderingContext2D, x: number, y: number, r: number, alpha: number): void {
  c.fillStyle = "#ffffff";
  c.globalAlpha = 0.85;
  c.beginPath();
  c.arc(x + r * 0.1, y, r * 2.3, 0, 6.2832);
  c.fill();
  c.globalAlpha = alpha;
  c.strokeStyle = COLOUR.selling;
  c.lineWidth = 2.5;
  for (const side of [-1, 1]) {
    c.beginPath();
    if (side < 0) c.arc(x - r * 0.8, y, r * 0.8, 0, 6.2832);
    else c.rect(x + r * 0.1, y - r * 0.75, r * 1.5, r * 1.5);
    c.fill();
    c.stroke();
  }
  c.globalAlpha = 1;
}

/** A person: Marketing round, an account executive square, an SDR a triangle; an empty seat is dashed. */
export function face(c: CanvasRenderingContext2D, { x, y }: Point, r: number, mood: number, shape: number, chosen: boolean): void {
  const empty = mood !== mood;
  c.fillStyle = empty ? "#f4f5f7" : COLOUR.paper;
  c.strokeStyle = empty ? "#9aa1ab" : chosen ? COLOUR.ink : trustColour(mood);
  c.lineWidth = chosen ? 4 : Math.max(2, r * 0.28);
  c.setLineDash(empty ? [2, 3] : []);
  c.beginPath();
  if (shape === 0) c.arc(x, y, r, 0, 6.2832);
  else if (shape === 1) c.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
  else c.moveTo(x, y - r * 1.15), c.lineTo(x + r * 1.12, y + r * 0.8), c.lineTo(x - r * 1.12, y + r * 0.8), c.closePath();
  c.fill();
  c.stroke();
  c.setLineDash([]);
  if (empty || r < 5) return;
  c.fillStyle = COLOUR.ink;
  const eye = Math.max(0.9, r * 0.12);
  const low = shape === 2 ? r * 0.12 : 0;
  for (const side of [-0.3, 0.3]) {
    c.beginPath();
    c.arc(x + side * r, y - r * 0.15 + low, eye, 0, 6.2832);
    c.fill();
  }
  c.strokeStyle = COLOUR.ink;
  c.lineWidth = Math.max(1.1, r * 0.13);
  c.beginPath();
  c.moveTo(x - r * 0.34, y + r * 0.36 + low);
  c.quadraticCurveTo(x, y + r * 0.36 + low + (mood - 0.4) * r * 1.1, x + r * 0.34, y + r * 0.36 + low);
  c.stroke();
}
