//! `brief` turns a folder of Markdown briefings into a static, cross-linked archive.
//!
//! A build is a line of six stages, one immutable type each, every one a function of the last:
//!
//! ```text
//! Sources ──▶ Documents ──▶ Release ──▶ Archive ──▶ Pages ──▶ Output
//! ```
//!
//! The modules stand in layer order: each imports only what stands above it.

pub mod model;

pub mod diagnostics;

pub mod memo;

pub mod search;

pub mod sources;

pub mod tree;

pub mod settings;

pub mod documents;

pub mod release;

pub mod archive;

pub mod lints;

pub mod pages;

pub mod output;

pub mod site;

mod build;

pub mod leaks;

pub mod redaction;

pub mod mending;

pub mod import;

pub mod schema;

pub mod start;

pub mod commands;

pub use build::{Along, Build, Memory, Stage, indexed, plan, plan_along, withheld};
