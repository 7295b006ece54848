//! Mends what can be mended without an editor: texts in, changed texts out. Nothing here touches the disk.
