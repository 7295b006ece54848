use std::{
    fs,
    hash::{Hash, Hasher},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::model::SourcePath;

/// A file that is passed on as it is: its bytes stay on disk until they are copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Where it stands in the archive.
    pub path: SourcePath,
    file: Arc<Path>,
    /// The hash of its bytes.
    pub hash: blake3::Hash,
    /// How many bytes it has.
    pub len: u64,
    /// Width and height in pixels as it is seen, where it is an image.
    pub size: Option<(u32, u32)>,
}

/// By its bytes and where it stands in the archive, and not by where on a disk the archive lies.
impl Hash for Asset {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { path, file: _, hash, len, size } = self;
        (path, hash.as_bytes(), len, size).hash(state);
    }
}

impl Asset {
    /// The asset at `path` of the archive, whose bytes lie in `file`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub(super) fn of(path: &SourcePath, file: PathBuf) -> io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        let (len, size) = if is_image(path) {
            let bytes = fs::read(&file)?;
            hasher.update(&bytes);
            (bytes.len() as u64, size_of(&bytes))
        } else {
            (io::copy(&mut fs::File::open(&file)?, &mut hasher)?, None)
        };
        Ok(Self { path: path.clone(), file: file.into(), hash: hasher.finalize(), len, size })
    }

    /// Where its bytes lie, for whoever copies them.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Its bytes.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        fs::read(&self.file)
    }
}

/// Whether a file is a raster image, by its extension.
fn is_image(path: &SourcePath) -> bool {
    let extension = path.extension().to_ascii_lowercase();
    matches!(extension.as_str(), "jpg" | "jpeg" | "png" | "webp" | "gif" | "avif")
}

/// Width and height as an image is seen: a photograph may be stored on its side (EXIF 2.32, tag 274).
fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    let exif = exif::Reader::new().read_from_container(&mut io::Cursor::new(bytes)).ok();
    let orientation =
        exif.as_ref().and_then(|exif| exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY));
    let on_its_side =
        orientation.and_then(|field| field.value.get_uint(0)).is_some_and(|value| (5..=8).contains(&value));
    Some(if on_its_side { (height, width) } else { (width, height) })
}
