/**
 * Events as they stand on a WebSocket: unmasked text frames (RFC 6455) that hold graphql-transport-ws's `next`. They are
 * made once for all who are told the same, and differ in nothing but the operation's id, which is put in place for each.
 */
export type Frames = {
  /** With the last one's id where the ids go. */
  bytes: Buffer;
  idPlaces: number[];
};

const BEFORE_ID = '{"id":';
const AFTER_ID = ',"type":"next","payload":';

/** The frame of one event. `idLength`: of the operation's id as JSON. */
export function frameOf(payload: string, idLength: number): Frames {
  const length = BEFORE_ID.length + idLength + AFTER_ID.length + Buffer.byteLength(payload) + 1;
  const headLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(headLength + length);
  bytes[0] = 0x81;
  if (headLength === 2) {
    bytes[1] = length;
  } else if (headLength === 4) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  const idPlace = headLength + bytes.write(BEFORE_ID, headLength, 'latin1');
  const payloadPlace = idPlace + idLength + bytes.write(AFTER_ID, idPlace + idLength, 'latin1');
  bytes.write(payload, payloadPlace);
  bytes[bytes.length - 1] = 0x7d;
  return { bytes, idPlaces: [idPlace] };
}

/** Several frames, to be written at once. */
export function joinFrames(all: Frames[]): Frames {
  const [only] = all;
  if (only && all.length === 1) return only;
  let place = 0;
  const idPlaces: number[] = [];
  for (const { bytes, idPlaces: own } of all) {
    for (const idPlace of own) idPlaces.push(place + idPlace);
    place += bytes.length;
  }
  return { bytes: Buffer.concat(all.map(({ bytes }) => bytes)), idPlaces };
}

/** The bytes for one operation, until they are asked for another one. */
export function addressedTo(idJson: string, { bytes, idPlaces }: Frames): Buffer {
  for (const place of idPlaces) bytes.write(idJson, place);
  return bytes;
}
