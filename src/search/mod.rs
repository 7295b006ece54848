//! The search: words of texts, and the index of them as the small files that a browser loads.
//!
//! Nothing here knows an archive; `docs/search.md` describes the words and the files.

pub mod words;
