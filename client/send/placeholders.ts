/** What stands in a quick reply for what differs from customer to customer: `{{first name}}`. */
const PLACEHOLDER = /\{\{\s*([^{}\n]{1,60}?)\s*\}\}/g;

/** Whom a text is for, and by whom. */
export type Who = { customer: string | undefined; me: string };

/** Fills in what is known; the rest stays as it stands. */
export function fillIn(text: string, { customer, me }: Who): string {
  const values: Record<string, string | undefined> = {
    name: customer,
    'first name': customer?.trim().split(/\s+/)[0],
    'my name': me,
  };
  return text.replace(PLACEHOLDER, (all, name: string) => values[name.toLowerCase().replace(/[\s_]+/g, ' ')] ?? all);
}

/** What nobody has filled in yet, each as it stands in the text. */
export function unfilled(text: string): string[] {
  return [...new Set(text.match(PLACEHOLDER))];
}

/** Selects it, so that typing takes its place. */
export function selectIn(box: HTMLTextAreaElement | null, placeholder: string): void {
  const start = box?.value.indexOf(placeholder) ?? -1;
  if (!box || start < 0) return;
  box.focus();
  box.setSelectionRange(start, start + placeholder.length);
}
