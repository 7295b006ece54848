use std::{
    path::{Path, PathBuf},
    sync::mpsc::{self, RecvTimeoutError},
    time::{Duration, Instant as Clock},
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode},
};
use same_file::Handle;

use crate::{
    commands::Broken,
    sources::{Changed, FOLDERS, Reader},
};

/// Changes that come closer together belong together: an editor writes a file in several steps.
const QUIET: Duration = Duration::from_millis(15);
/// So long a row of changes is waited for.
const LONGEST: Duration = Duration::from_millis(150);
/// So often it is seen to that the archive's folder is still the one that is watched.
const OFTEN: Duration = Duration::from_secs(1);

/// What changes below an archive's folder.
pub(super) struct Changes {
    watcher: RecommendedWatcher,
    events: mpsc::Receiver<Changed>,
    root: PathBuf,
    /// Where the settings stand, if not in the root.
    settings: Option<PathBuf>,
    /// The folder that is watched, by which another at its place is known.
    folder: Handle,
}

/// Changes that belong together, and when the first of them was noticed.
pub(super) struct Batch {
    pub(super) changed: Changed,
    pub(super) begun: Clock,
}

impl Changes {
    /// Those of the inputs of `reader`, from now on.
    pub(super) fn of(reader: &Reader) -> Result<Self, Broken> {
        let (root, settings) = (reader.root().to_path_buf(), reader.settings_file().to_path_buf());
        let (send, events) = mpsc::channel();
        let folders: Vec<PathBuf> = FOLDERS.iter().map(|folder| root.join(folder)).collect();
        let concerns =
            move |path: &Path| path == settings || folders.iter().any(|folder| path.starts_with(folder));
        let noticed = move |event: notify::Result<Event>| {
            if let Some(changed) = changed(event, &concerns) {
                let _ = send.send(changed);
            }
        };
        // A link may lead to the whole disk.
        let config = notify::Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(noticed, config).map_err(|error| unwatched(&root, &error))?;
        let settings = reader.settings_file().parent().filter(|folder| *folder != root);
        let settings = settings.map(Path::to_path_buf);
        let folder = Handle::from_path(&root).map_err(|error| unwatched(&root, &error.into()))?;
        let mut changes = Self { watcher, events, root, settings, folder };
        changes.watch_all()?;
        Ok(changes)
    }

    fn watch_all(&mut self) -> Result<(), Broken> {
        let root = self.root.clone();
        self.watch(&root, RecursiveMode::NonRecursive)?;
        if let Some(folder) = self.settings.clone() {
            self.watch(&folder, RecursiveMode::NonRecursive)?;
        }
        for folder in FOLDERS.map(|folder| root.join(folder)) {
            if is_folder(&folder) {
                self.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }

    /// Watches the folder that came in the place of the one that was watched; whether there is one. The system tells
    /// nothing of that: what it watches are folders and not their paths.
    fn follow_root(&mut self) -> Result<bool, Broken> {
        let Ok(folder) = Handle::from_path(&self.root) else { return Ok(false) };
        if folder == self.folder {
            return Ok(false);
        }
        for folder in FOLDERS.map(|folder| self.root.join(folder)).iter().chain([&self.root]) {
            // It is no longer there, so that there may be nothing to end.
            let _ = self.watcher.unwatch(folder);
        }
        match self.watch_all() {
            Ok(()) => self.folder = folder,
            // It went away again meanwhile.
            Err(_) if Handle::from_path(&self.root).ok().as_ref() != Some(&folder) => return Ok(false),
            Err(error) => return Err(error),
        }
        Ok(true)
    }

    fn watch(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), Broken> {
        self.watcher.watch(folder, mode).map_err(|error| unwatched(folder, &error))
    }

    /// Waits for the next changes.
    pub(super) fn next(&mut self) -> Result<Batch, Broken> {
        let mut changed = loop {
            match self.events.recv_timeout(OFTEN) {
                Ok(changed) => break changed,
                Err(RecvTimeoutError::Timeout) if self.follow_root()? => {
                    break Changed { others: true, ..Changed::default() };
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Broken::new("the folder is watched no longer"));
                }
            }
        };
        let begun = Clock::now();
        while begun.elapsed() < LONGEST
            && let Ok(more) = self.events.recv_timeout(QUIET)
        {
            changed.paths.extend(more.paths);
            changed.others |= more.others;
        }
        // A folder that is new, or was put in the place of another, is not watched yet.
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            if changed.paths.contains(&folder) && is_folder(&folder) {
                self.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(Batch { changed, begun })
    }
}

fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|found| found.is_dir())
}

/// What an event says has changed; nothing, where that `concerns` nobody. To read a file changes nothing.
fn changed(event: notify::Result<Event>, concerns: &dyn Fn(&Path) -> bool) -> Option<Changed> {
    let event = match event {
        Ok(event) if !event.need_rescan() => event,
        // What was missed may be anything.
        _ => return Some(Changed { others: true, ..Changed::default() }),
    };
    let is_read = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    };
    let paths = event.paths.into_iter().filter(|path| concerns(path));
    let changed = Changed { paths: paths.collect(), others: false };
    (!is_read && !changed.paths.is_empty()).then_some(changed)
}

fn unwatched(folder: &Path, error: &notify::Error) -> Broken {
    let help = match error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "let the system watch more: `sysctl fs.inotify.max_user_watches=524288`"
        }
        _ => "serve a folder on a disk of this machine",
    };
    Broken::new(format!("`{}` cannot be watched: {error}", folder.display())).help(help)
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, Flag, ModifyKind};

    use super::*;

    fn paths(kind: EventKind, paths: &[&str]) -> Option<Vec<PathBuf>> {
        let event = paths.iter().fold(Event::new(kind), |event, path| event.add_path(path.into()));
        let concerns = |path: &Path| path.starts_with("/desk/content");
        let mut paths: Vec<PathBuf> = changed(Ok(event), &concerns)?.paths.into_iter().collect();
        paths.sort();
        Some(paths)
    }

    #[test]
    fn to_write_a_file_is_a_change_and_to_read_it_is_none() {
        let file = ["/desk/content/a.md"];
        let written = [
            EventKind::Modify(ModifyKind::Data(DataChange::Any)),
            EventKind::Create(CreateKind::File),
            EventKind::Access(AccessKind::Close(AccessMode::Write)),
        ];
        for kind in written {
            assert_eq!(paths(kind, &file), Some(vec![file[0].into()]), "{kind:?}");
        }
        for access in [AccessKind::Open(AccessMode::Any), AccessKind::Close(AccessMode::Read)] {
            assert_eq!(paths(EventKind::Access(access), &file), None, "{access:?}");
        }
    }

    #[test]
    fn what_is_no_input_is_no_change() {
        assert_eq!(paths(EventKind::Create(CreateKind::Any), &["/desk/public/index.html"]), None);
    }

    #[test]
    fn where_events_were_lost_anything_may_have_changed() {
        let event = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(changed(Ok(event), &|_| false).unwrap().others);
    }
}
