//! Pictures of one point, and what a camera wrote into them.

use img_parts::{
    Bytes,
    png::{Png, PngChunk},
};
use serde_json::Map;

use super::{Files, Writer, mark};

/// A picture whose metadata hold `word`.
pub(super) fn png(word: &str) -> Vec<u8> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    // One row of one grey point, packed by no compression at all (RFC 1951, 3.2.4).
    const POINT: &[u8] = &[0x78, 0x01, 0x01, 2, 0, 0xFD, 0xFF, 0, 0, 0, 2, 0, 1];
    let chunk = |kind: &[u8; 4], data: Vec<u8>| PngChunk::new(*kind, data.into()).encoder().bytes().to_vec();
    let bytes = [
        SIGNATURE.to_vec(),
        chunk(b"IHDR", vec![0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
        chunk(b"tEXt", format!("Author\0{word}").into_bytes()),
        chunk(b"IDAT", POINT.to_vec()),
        chunk(b"IEND", Vec::new()),
    ];
    let bytes = bytes.concat();
    assert!(Png::from_bytes(Bytes::from(bytes.clone())).is_ok());
    bytes
}

impl Writer<'_> {
    /// A picture that profiles and pages use, and whether it is held back.
    pub(super) fn portrait(&self, target: usize) -> (String, bool) {
        let number = target % self.world.portraits.len().max(1);
        let mark = self.world.portraits.get(number).copied().flatten();
        let is_held = mark.is_some_and(|mark| self.picture_bears(mark));
        (format!("content/pages/{}.png", self.word(is_held, &format!("portrait{number}"), false)), is_held)
    }

    pub(super) fn portraits(&self, files: &mut Files) {
        for (number, bears) in self.world.portraits.iter().enumerate() {
            let (path, is_held) = self.portrait(number);
            if is_held && self.without.files {
                continue;
            }
            files.assets.insert(path.clone(), png(&self.word(true, &format!("portrait{number}exif"), false)));
            if let Some(bears) = bears {
                let mut words = Map::new();
                let caption = self.word(is_held, &format!("portrait{number}caption"), false);
                words.insert("caption".into(), format!("Portrait {caption}").into());
                mark(*bears, &mut words);
                files.texts.insert(format!("{path}.toml"), toml::to_string(&words).unwrap());
            }
        }
    }
}
