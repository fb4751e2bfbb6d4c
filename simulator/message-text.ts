/** What a chat bubble says of a message in Meta's form, sent or received. */
export function messageText(message: Record<string, unknown>): string {
  const type = String(message.type);
  const content = part(message[type]);
  const described = [symbols[type] ?? '', describe(type, content, message)].filter((words) => words !== '');
  return described.join(' ') || `(${type})`;
}

const symbols: Record<string, string> = {
  image: '📷',
  video: '🎬',
  audio: '🎤',
  document: '📄',
  sticker: '🩵',
  location: '📍',
  contacts: '👤',
  order: '🛒',
  button: '🔘',
  interactive: '🔘',
};

function describe(type: string, content: Part, message: Record<string, unknown>): string {
  switch (type) {
    case 'text':
      return words(content.body);
    case 'image':
      return words(content.caption) || 'Photo';
    case 'video':
      return words(content.caption) || 'Video';
    case 'audio':
      return content.voice === false ? 'Audio file' : 'Voice message';
    case 'document':
      return [words(content.filename) || 'Document', words(content.caption)].filter(Boolean).join(': ');
    case 'sticker':
      return 'Sticker';
    case 'location':
      return words(content.name) || words(content.address) || `${content.latitude}, ${content.longitude}`;
    case 'contacts':
      return words(part(part((message.contacts as unknown[])?.[0]).name).formatted_name) || 'Contact';
    case 'button':
      return words(content.text);
    case 'interactive':
      return (
        words(part(content.button_reply).title) ||
        words(part(content.list_reply).title) ||
        words(part(content.body).text)
      );
    case 'order':
      return `Order of ${(content.product_items as unknown[])?.length ?? 0}${content.text ? `: ${words(content.text)}` : ''}`;
    case 'template':
      return `Template “${words(content.name)}”`;
    case 'reaction':
      return words(content.emoji);
    case 'unsupported':
      return `Something the business can't be shown (${words(content.type)})`;
    default:
      return '';
  }
}

type Part = Record<string, unknown>;

function part(value: unknown): Part {
  return typeof value === 'object' && value !== null ? (value as Part) : {};
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
