use std::io::Read;

use miniz_oxide::inflate;

/// So many streams of one kind are looked for in one file.
const STREAMS: usize = 200;

/// What a stream begins with (RFC 1952, 2.3; RFC 1950, 2.2; RFC 8878, 3.1.1), and how it is read.
type Format = (&'static [u8], fn(&[u8], usize) -> Vec<u8>);

const FORMATS: [Format; 6] = [
    (&[0x1F, 0x8B, 0x08], gzip),
    (&[0x78, 0x01], zlib),
    (&[0x78, 0x5E], zlib),
    (&[0x78, 0x9C], zlib),
    (&[0x78, 0xDA], zlib),
    (&[0x28, 0xB5, 0x2F, 0xFD], zstd),
];

/// Whether a stream may begin where `bytes` do.
pub(super) fn has_stream(bytes: &[u8]) -> bool {
    FORMATS.iter().any(|(mark, _)| bytes.starts_with(mark))
}

/// Gives `each` what is compressed in `bytes`: gzip, zlib and zstd wherever they begin; deflate and brotli, which begin
/// with no mark, as a whole. No more is unpacked than `budget`, which shrinks. Tells whether that was all.
pub(super) fn streams(bytes: &[u8], budget: &mut usize, mut each: impl FnMut(Vec<u8>)) -> bool {
    let mut all = true;
    let mut hand_on = |unpacked: Vec<u8>, budget: &mut usize| {
        *budget = budget.saturating_sub(unpacked.len());
        all &= *budget > 0;
        if !unpacked.is_empty() {
            each(unpacked);
        }
    };
    for (mark, unpack) in FORMATS {
        let mut at = 0;
        let mut count = 0;
        while let Some(found) = bytes[at..].windows(mark.len()).position(|window| window == mark) {
            count += 1;
            if *budget == 0 || count > STREAMS {
                return false;
            }
            hand_on(unpack(&bytes[at + found..], *budget), budget);
            at += found + mark.len();
        }
    }
    hand_on(deflate(bytes, *budget), budget);
    hand_on(brotli(bytes, *budget), budget);
    all
}

/// What was unpacked, up to where the stream is broken.
fn whatever(unpacked: Result<Vec<u8>, inflate::DecompressError>) -> Vec<u8> {
    unpacked.unwrap_or_else(|broken| broken.output)
}

fn deflate(bytes: &[u8], limit: usize) -> Vec<u8> {
    // What is no stream may still begin like one; only a whole one counts, or one that is larger than may be.
    inflate::decompress_to_vec_with_limit(bytes, limit).unwrap_or_else(|broken| match broken.status {
        inflate::TINFLStatus::HasMoreOutput => broken.output,
        _ => Vec::new(),
    })
}

fn zlib(bytes: &[u8], limit: usize) -> Vec<u8> {
    whatever(inflate::decompress_to_vec_zlib_with_limit(bytes, limit))
}

fn gzip(bytes: &[u8], limit: usize) -> Vec<u8> {
    match after_head(bytes) {
        Some(stream) => whatever(inflate::decompress_to_vec_with_limit(stream, limit)),
        None => Vec::new(),
    }
}

/// What follows the header of gzip (RFC 1952, 2.3).
fn after_head(bytes: &[u8]) -> Option<&[u8]> {
    const CHECK: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    let flags = *bytes.get(3)?;
    let mut rest = bytes.get(10..)?;
    if flags & EXTRA != 0 {
        let length = u16::from_le_bytes([*rest.first()?, *rest.get(1)?]);
        rest = rest.get(2 + usize::from(length)..)?;
    }
    for flag in [NAME, COMMENT] {
        if flags & flag != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = &rest[end + 1..];
        }
    }
    if flags & CHECK != 0 {
        rest = rest.get(2..)?;
    }
    Some(rest)
}

fn zstd(bytes: &[u8], limit: usize) -> Vec<u8> {
    match ruzstd::decoding::StreamingDecoder::new(bytes) {
        Ok(decoder) => read(decoder, limit),
        Err(_) => Vec::new(),
    }
}

fn brotli(bytes: &[u8], limit: usize) -> Vec<u8> {
    let mut unpacked = Vec::new();
    // As with deflate.
    let whole =
        brotli_decompressor::Decompressor::new(bytes, 4096).take(limit as u64).read_to_end(&mut unpacked);
    if whole.is_ok() { unpacked } else { Vec::new() }
}

fn read(stream: impl Read, limit: usize) -> Vec<u8> {
    let mut unpacked = Vec::new();
    // What was read before the stream broke is looked at as well.
    let _ = stream.take(limit as u64).read_to_end(&mut unpacked);
    unpacked
}
