use std::{
    collections::BTreeMap,
    fmt,
    fs::{self, File},
    io,
    path::{Component, Path},
    time::SystemTime,
};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{OutputError, walk::TEMPORARY};
use crate::model::OutputPath;

/// The list's name in the output folder.
pub(super) const NAME: &str = ".brief.json";

/// How the list is written. Raised when an older `brief` could no longer tell from it what is ours.
const FORMAT: u64 = 1;

/// What a build wrote: every file but the list itself.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) edition: String,
    files: FxHashMap<Box<str>, Fingerprint>,
    /// Every folder that holds a file, however deep.
    folders: FxHashSet<Box<str>>,
    /// When the list was written.
    pub(super) modified: SystemTime,
    /// Of the list's own bytes.
    pub(super) fingerprint: Fingerprint,
}

impl Manifest {
    /// The list in `folder`; nothing where there is none.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, OutputError> {
        let path = folder.join(NAME);
        let failed = |reason| OutputError::disk("read", &path, reason);
        let found = match fs::symlink_metadata(&path) {
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(None),
            Ok(found) if !found.is_file() => {
                return Err(OutputError::Manifest { path, reason: "not a file".to_owned() });
            }
            found => found.map_err(failed)?,
        };
        let modified = found.modified().map_err(failed)?;
        let bytes = fs::read(&path).map_err(failed)?;
        match Self::parse(&bytes, modified) {
            Ok(manifest) => Ok(Some(manifest)),
            Err(reason) => Err(OutputError::Manifest { path, reason }),
        }
    }

    fn parse(bytes: &[u8], modified: SystemTime) -> Result<Self, String> {
        let list: Read =
            serde_json::from_slice(bytes).map_err(|error| match serde_json::from_slice::<Head>(bytes) {
                Ok(head) if head.brief > FORMAT => format!("its format {} is of a later brief", head.brief),
                _ => error.to_string(),
            })?;
        if list.brief != FORMAT {
            return Err(format!("its format is {}", list.brief));
        }
        if let Some(strange) = list.files.keys().filter(|path| !stays_inside(path)).min() {
            return Err(format!("{strange:?} is not a path of a site"));
        }
        let mut folders = FxHashSet::default();
        list.files.keys().for_each(|path| {
            let mut above = path.rmatch_indices('/').map(|(slash, _)| path[..slash].into());
            // Where a folder is known, those above it are.
            while above.next().is_some_and(|folder| folders.insert(folder)) {}
        });
        let fingerprint = Fingerprint::of(bytes);
        Ok(Self { edition: list.edition, files: list.files, folders, modified, fingerprint })
    }

    /// How many files it lists.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// What stood at `path` when the list was written.
    pub(super) fn get(&self, path: &str) -> Option<Fingerprint> {
        self.files.get(path).copied()
    }

    /// Whether it lists a file below the folder `path`.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    /// Whether it lists a file in a folder whose path begins with `prefix`.
    pub(super) fn has_folder_below(&self, prefix: &str) -> bool {
        self.folders.iter().any(|folder| folder.starts_with(prefix))
    }

    /// Every file, by path.
    pub(super) fn sorted(&self) -> BTreeMap<&str, Fingerprint> {
        self.files.iter().map(|(path, fingerprint)| (&**path, *fingerprint)).collect()
    }
}

/// The list of `files`, as it is written.
pub(super) fn text(edition: &str, files: &BTreeMap<&str, Fingerprint>) -> Vec<u8> {
    let mut text = serde_json::to_vec_pretty(&Written { brief: FORMAT, edition, files })
        .expect("strings under strings are JSON, and a vector takes them");
    text.push(b'\n');
    text
}

#[derive(Serialize)]
struct Written<'a> {
    brief: u64,
    edition: &'a str,
    files: &'a BTreeMap<&'a str, Fingerprint>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    brief: u64,
    edition: String,
    files: FxHashMap<Box<str>, Fingerprint>,
}

#[derive(Deserialize)]
struct Head {
    brief: u64,
}

/// Whether the site's folder needs a name at its top for itself, on file systems that ignore case too.
pub(super) fn is_reserved(name: &str) -> bool {
    [NAME, TEMPORARY].iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
}

/// Whether a build can have written `path`, wherever the list comes from: below the folder on every system.
fn stays_inside(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or(path);
    OutputPath::new(path).is_some()
        && !is_reserved(first)
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// The first half of a BLAKE3 hash: 128 bits tell the files of a site apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Of a file of ours whose bytes are not known. It is no file's, but for one chance in 2^128.
    pub(super) const UNKNOWN: Self = Self([0; 16]);

    /// The one that is known to be `half` of a hash.
    pub(super) fn known(half: [u8; 16]) -> Self {
        Self(half)
    }

    /// The half of a hash that it is.
    pub(super) fn half(self) -> [u8; 16] {
        self.0
    }

    /// Of `bytes`.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self::from(&blake3::hash(bytes))
    }

    /// Of the file at `path`, which memory need not hold.
    pub(super) fn of_file(path: &Path) -> io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(path)?)?;
        Ok(Self::from(&hasher.finalize()))
    }
}

impl From<&blake3::Hash> for Fingerprint {
    fn from(hash: &blake3::Hash) -> Self {
        let (half, _) = hash.as_bytes().split_first_chunk().expect("32 bytes hold 16");
        Self(*half)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{self:?}"))
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Hex;
        impl de::Visitor<'_> for Hex {
            type Value = Fingerprint;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("32 hexadecimal digits")
            }
            fn visit_str<E: de::Error>(self, hex: &str) -> Result<Fingerprint, E> {
                let digits = hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
                match u128::from_str_radix(hex, 16) {
                    Ok(value) if digits => Ok(Fingerprint(value.to_be_bytes())),
                    _ => Err(E::invalid_value(de::Unexpected::Str(hex), &self)),
                }
            }
        }
        deserializer.deserialize_str(Hex)
    }
}
