//! The laws of the design, held against generated archives.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

mod answers;
mod building;
mod crossing;
mod html;
mod kept;
mod links;
mod mended;
mod non_interference;
mod nothing_dropped;
mod ours;
mod reproducible;
mod retraction;
mod robust;
mod scale;
mod short_forms;
mod told;
mod warm;
mod whole;
mod world;
mod write;
