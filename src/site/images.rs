//! An author's photographs without what cameras and editors wrote into them: place, time, device, owner.

use img_parts::{Bytes, DynImage, ImageEXIF, jpeg::Jpeg, png::Png, webp::WebP};

/// The image without its metadata; `None` where it cannot be read as an image of its kind.
///
/// What a picture needs to be seen rightly stays: colour profiles, and the side it stands on.
pub(super) fn without_metadata(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let mut image = DynImage::from_bytes(Bytes::from(bytes)).ok()??;
    let turned = image.exif().and_then(|exif| orientation(&exif)).filter(|turned| *turned > 1);
    match &mut image {
        DynImage::Jpeg(jpeg) => clean_jpeg(jpeg),
        DynImage::Png(png) => clean_png(png),
        DynImage::WebP(webp) => clean_webp(webp),
    }
    image.set_exif(turned.map(only_orientation));
    Some(image.encoder().bytes().to_vec())
}

/// Keeps the segments that a decoder needs: no comments (COM), and of the applications' (APP0 to APP15) only JFIF,
/// colour profiles and Adobe's colour transform (ITU T.81, B.1; ICC.1:2022, B.4).
fn clean_jpeg(jpeg: &mut Jpeg) {
    const COMMENT: u8 = 0xFE;
    jpeg.segments_mut().retain(|segment| match segment.marker() {
        COMMENT => false,
        0xE2 => segment.contents().starts_with(b"ICC_PROFILE\0"),
        0xE0 | 0xEE => true,
        0xE1..=0xEF => false,
        _ => true,
    });
}

/// Drops the chunks that hold text, times and EXIF (PNG, third edition, 11.3).
fn clean_png(png: &mut Png) {
    const TOLD: [[u8; 4]; 5] = [*b"tEXt", *b"zTXt", *b"iTXt", *b"tIME", *b"eXIf"];
    png.chunks_mut().retain(|chunk| !TOLD.contains(&chunk.kind()));
}

/// Drops the chunks of EXIF and XMP (RFC 9649, 2.7).
fn clean_webp(webp: &mut WebP) {
    webp.remove_chunks_by_id(*b"XMP ");
    webp.remove_chunks_by_id(*b"EXIF");
}

fn orientation(exif: &Bytes) -> Option<u8> {
    let read = exif::Reader::new().read_raw(exif.to_vec()).ok()?;
    let field = read.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?;
    field.value.get_uint(0).and_then(|value| u8::try_from(value).ok()).filter(|value| (1..=8).contains(value))
}

/// EXIF that says nothing but which side is up: a TIFF header and one field (TIFF 6.0, section 2).
fn only_orientation(value: u8) -> Bytes {
    let mut tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    tiff.extend_from_slice(&[value, 0, 0, 0, 0, 0, 0, 0]);
    tiff.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG of its headers and one byte of data: JFIF, EXIF with an orientation and a secret, XMP, a comment.
    fn photograph(orientation: u8) -> Vec<u8> {
        let segment = |marker: u8, contents: &[u8]| {
            let len = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
            [&[0xFF, marker], &len[..], contents].concat()
        };
        let mut exif = b"Exif\0\0".to_vec();
        exif.extend_from_slice(b"II*\0\x08\0\0\0\x02\0");
        exif.extend_from_slice(b"\x12\x01\x03\0\x01\0\0\0");
        exif.extend_from_slice(&[orientation, 0, 0, 0]);
        exif.extend_from_slice(b"\x0f\x01\x02\0\x07\0\0\0\x26\0\0\0\0\0\0\0SECRET\0");
        [
            vec![0xFF, 0xD8],
            segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            segment(0xE1, &exif),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0SECRET"),
            segment(0xED, b"Photoshop 3.0\0SECRET"),
            segment(0xE2, b"ICC_PROFILE\0\x01\x01colours"),
            segment(0xFE, b"SECRET"),
            segment(0xC0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
            segment(0xDA, &[1, 1, 0, 0, 63, 0]),
            vec![0x00, 0xFF, 0xD9],
        ]
        .concat()
    }

    fn holds(bytes: &[u8], needle: &[u8]) -> bool {
        bytes.windows(needle.len()).any(|window| window == needle)
    }

    #[test]
    fn a_photograph_keeps_its_colours_and_its_side_and_loses_the_rest() {
        for turned in [1, 6] {
            let photograph = photograph(turned);
            assert!(holds(&photograph, b"SECRET"));
            let clean = without_metadata(photograph).unwrap();
            assert!(!holds(&clean, b"SECRET"));
            assert!(holds(&clean, b"ICC_PROFILE"));
            let read = exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&clean));
            let kept = read.ok().map(|exif| exif.fields().count());
            assert_eq!(kept, (turned == 6).then_some(1));
            assert_eq!(without_metadata(clean.clone()), Some(clean), "cleaning again changes nothing");
        }
    }

    #[test]
    fn a_picture_loses_its_texts() {
        let chunk = |kind: &[u8; 4], data: &[u8]| {
            img_parts::png::PngChunk::new(*kind, Bytes::from(data.to_vec())).encoder().bytes().to_vec()
        };
        let parts = [
            b"\x89PNG\r\n\x1a\n".to_vec(),
            chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
            chunk(b"tEXt", b"Author\0SECRET"),
            chunk(b"eXIf", b"SECRET"),
            chunk(b"IDAT", b"data"),
            chunk(b"IEND", b""),
        ];
        let clean = without_metadata(parts.concat()).unwrap();
        assert!(!holds(&clean, b"SECRET"));
        assert!(holds(&clean, b"IDAT"));
    }

    #[test]
    fn what_is_no_image_is_told_apart() {
        assert_eq!(without_metadata(b"<svg/>".to_vec()), None);
    }
}
