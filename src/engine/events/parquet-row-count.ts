import { readBounded } from '../fs/bounded-read';

/*
 * The number of rows in a Parquet file, without DuckDB, which the main process must not load. The footer is a struct in
 * Thrift's compact protocol, whose third field is the number of rows.
 */

const magic = 'PAR1';
/** The length of the footer and the magic bytes. */
const tailBytes = 8;
/** Larger than the footer of any event file; a file may claim any size. */
const maxFooterBytes = 64 * 1024 ** 2;
const rowsField = 3;
const maxDepth = 32;

/**
 * Rows of a Parquet file according to its footer; null if that can't be read.
 * @throws the system's error if the file has no read permission
 */
export async function parquetRowCount(file: string): Promise<number | null> {
  try {
    const footer = await readFooter(file);
    return footer && new CompactReader(footer).numberInField(rowsField);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

async function readFooter(file: string): Promise<Buffer | null> {
  const tail = await readEnd(file, tailBytes);
  if (tail.length < tailBytes || tail.toString('latin1', 4) !== magic) return null;
  const length = tail.readUInt32LE(0);
  if (length > maxFooterBytes) return null;
  const footer = await readEnd(file, length + tailBytes);
  return footer.length === length + tailBytes ? footer.subarray(0, length) : null;
}

/** The last bytes of a file; none if it isn't a regular file, which may be endless. */
async function readEnd(file: string, bytes: number): Promise<Buffer> {
  const read = await readBounded(file, bytes, { follow: true, part: 'end' });
  return read.status === 'read' ? read.bytes : Buffer.alloc(0);
}

/** Reads as much of Thrift's compact protocol as it takes to skip fields. Throws RangeError if bytes are missing. */
class CompactReader {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** The value of an integer field of the outermost struct; null if it doesn't exist. */
  numberInField(wanted: number): number | null {
    let field = 0;
    for (let header = this.#byte(); header !== 0; header = this.#byte()) {
      field = header >> 4 === 0 ? this.#zigzag() : field + (header >> 4);
      const type = header & 0x0f;
      if (field === wanted) return type >= 4 && type <= 6 ? this.#zigzag() : null;
      this.#skip(type, 0);
    }
    return null;
  }

  #skip(type: number, depth: number): void {
    if (depth > maxDepth) throw new RangeError('The footer is nested too deeply.');
    if (type === 3) this.#at += 1;
    else if (type >= 4 && type <= 6) this.#varint();
    else if (type === 7) this.#at += 8;
    else if (type === 8) this.#skipBytes();
    else if (type === 9 || type === 10) this.#skipList(depth);
    else if (type === 12) this.#skipStruct(depth);
    else if (type > 2) throw new RangeError(`The footer has a field of the unknown type ${type}.`);
  }

  #skipBytes(): void {
    const length = this.#varint();
    this.#at += length;
  }

  #skipList(depth: number): void {
    const header = this.#byte();
    const size = header >> 4 === 15 ? this.#varint() : header >> 4;
    const type = header & 0x0f;
    // In a list, unlike in a field, booleans take a byte, so each element takes at least one.
    for (let index = 0; index < size; index += 1) {
      if (type <= 2) this.#byte();
      else this.#skip(type, depth + 1);
    }
  }

  #skipStruct(depth: number): void {
    for (let header = this.#byte(); header !== 0; header = this.#byte()) {
      if (header >> 4 === 0) this.#varint();
      this.#skip(header & 0x0f, depth + 1);
    }
  }

  #byte(): number {
    const byte = this.bytes.readUInt8(this.#at);
    this.#at += 1;
    return byte;
  }

  #varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#byte();
      value += (byte & 0x7f) * factor;
      if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('The footer has a number that is too large.');
      if (byte < 128) return value;
    }
  }

  #zigzag(): number {
    const value = this.#varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
