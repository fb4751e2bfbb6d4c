/** What a chat bubble says of a message in Meta's form, sent or received. */
export function messageText(message: Record<string, unknown>): string {
  const type = String(message.type);
  const content = part(message[type]);
  switch (type) {
    case 'text':
      return words(content.body);
    case 'image':
      return named('Photo', content.caption);
    case 'video':
      return named('Video', content.caption);
    case 'audio':
      return content.voice === false ? 'Audio file' : 'Voice message';
    case 'document':
      return named(words(content.filename) || 'Document', content.caption);
    case 'sticker':
      return 'Sticker';
    case 'location':
      return named('Location', content.name ?? content.address ?? `${content.latitude}, ${content.longitude}`);
    case 'contacts':
      return named('Contact', part(part(items(message.contacts)[0]).name).formatted_name);
    case 'button':
      return named('Answered', content.text);
    case 'interactive':
      return interactiveText(content);
    case 'order':
      return named(`Order of ${items(content.product_items).length}`, content.text);
    case 'template':
      return named('Template', content.name);
    case 'reaction':
      return words(content.emoji) || 'Reaction taken back';
    case 'unsupported':
      return named('Something that businesses are not shown', content.type);
    default:
      return type;
  }
}

function interactiveText(content: Part): string {
  const reply = part(content.button_reply ?? content.list_reply);
  return reply.title === undefined ? words(part(content.body).text) : named('Chose', reply.title);
}

function named(what: string, detail: unknown): string {
  return words(detail) === '' ? what : `${what}: ${words(detail)}`;
}

type Part = Record<string, unknown>;

function part(value: unknown): Part {
  return typeof value === 'object' && value !== null ? (value as Part) : {};
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
