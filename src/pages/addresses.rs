use crate::{
    model::{OutputPath, encode_fragment, encode_path},
    settings::BaseUrl,
};

/// How pages link to each other.
///
/// With a base address, links begin at its path (`/archive/actors/hamas/`). Without one they are relative, so that
/// the site works wherever it is put; and from a disk they are relative and name `index.html`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Addresses {
    base: Option<BaseUrl>,
    from_disk: bool,
}

impl Addresses {
    /// Addresses under `base`; `from_disk` for a site that is read from a folder.
    pub fn new(base: Option<BaseUrl>, from_disk: bool) -> Self {
        Self { base, from_disk }
    }

    /// Whether the site is read from a disk.
    pub fn are_on_disk(&self) -> bool {
        self.from_disk
    }

    /// What leads from the page at `path` to the root of the site: `/`, `/archive/` or `../../`.
    pub fn root(&self, path: &OutputPath) -> String {
        match &self.base {
            Some(base) if !self.from_disk => base.path().to_owned(),
            // A host shows this page at any address, so nothing relative would hold.
            _ if path.as_str() == "404.html" && !self.from_disk => "/".to_owned(),
            _ => match path.as_str().matches('/').count() {
                0 => "./".to_owned(),
                depth => "../".repeat(depth),
            },
        }
    }

    /// The rest of a link to `address` (`actors/hamas/`, `briefings/2025/05/15/talks/#claim`), after the root.
    pub fn rest(&self, address: &str) -> String {
        let (path, fragment) = match address.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (address, None),
        };
        let mut rest = encode_path(path);
        if self.from_disk && (rest.is_empty() || rest.ends_with('/')) {
            rest.push_str("index.html");
        }
        if let Some(fragment) = fragment {
            rest.push('#');
            rest.push_str(&encode_fragment(fragment));
        }
        rest
    }

    /// The whole address of a page or a file, where the base is known.
    pub fn absolute(&self, address: &str) -> Option<String> {
        self.base.as_ref().map(|base| format!("{}{}", base.as_str(), encode_path(address)))
    }

    /// The path of the base: `/` or `/archive/`.
    pub fn base_path(&self) -> &str {
        self.base.as_ref().map_or("/", BaseUrl::path)
    }
}
