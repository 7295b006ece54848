use rust_embed::RustEmbed;

use super::{Fresh, ignored};

#[derive(RustEmbed)]
#[folder = "content/"]
struct Content;

/// The archive that comes with the program, its settings last.
pub fn example() -> Vec<Fresh> {
    let mut paths: Vec<_> = Content::iter().collect();
    paths.sort();
    let content = paths.iter().filter_map(|path| {
        let bytes = Content::get(path)?.data.into_owned();
        Some(Fresh { path: format!("content/{path}"), bytes })
    });
    let settings = Fresh::text("brief.toml", include_str!("../../brief.toml").into());
    std::iter::once(ignored()).chain(content).chain([settings]).collect()
}
