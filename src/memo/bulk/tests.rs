use super::*;

const HERE: Key = Key([1; 16]);

/// A volume that can be looked at while it is used.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<io::Cursor<Vec<u8>>>>);

impl Shared {
    fn of(bytes: &[u8]) -> Self {
        Self(Arc::new(Mutex::new(io::Cursor::new(bytes.to_vec()))))
    }

    fn content(&self) -> Vec<u8> {
        self.0.lock().unwrap().get_ref().clone()
    }
}

impl Read for Shared {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.lock().unwrap().read(into)
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.lock().unwrap().seek(to)
    }
}

fn after(old: &[u8], version: Key) -> (Bulk, Shared) {
    let new = Shared::default();
    let begun = new.clone();
    let old = (!old.is_empty()).then(|| Box::new(Shared::of(old)) as Box<dyn Volume>);
    (Bulk::after(old, Box::new(|| Ok(Box::new(begun))), version), new)
}

fn read(bulk: &Bulk, stretch: &Stretch, from: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    bulk.read(stretch, from).read_to_end(&mut bytes).unwrap();
    bytes
}

/// Ten results, the nth of n bytes.
fn filled() -> Vec<u8> {
    let (bulk, volume) = after(b"", HERE);
    for place in 0..10_u8 {
        let stretch = bulk.put(&vec![place; usize::from(place)]);
        bulk.name(Key::of(&[place]), &stretch);
    }
    bulk.put(b"without a name");
    bulk.mark(HERE);
    assert_eq!(bulk.finish().unwrap(), Ending::Replace);
    volume.content()
}

#[test]
fn what_one_run_names_the_next_one_finds() {
    let (bulk, volume) = after(&filled(), HERE);
    for place in [3, 9_u8] {
        let (stretch, bytes) = bulk.get(Key::of(&[place])).unwrap();
        assert_eq!(bytes, vec![place; usize::from(place)]);
        assert_eq!(read(&bulk, &stretch, 2), bytes[2..]);
    }
    assert!(bulk.get(Key::of(&[10])).is_none());
    assert_eq!(bulk.finish().unwrap(), Ending::Replace);
    let (next, _) = after(&volume.content(), HERE);
    assert!(next.get(Key::of(&[3])).is_some());
    assert!(next.get(Key::of(&[4])).is_none(), "what a run does not ask for is forgotten");
}

#[test]
fn a_volume_of_which_nothing_is_asked_stays_where_it_bears_the_mark_of_this_run() {
    let ending = |old: &[u8], mark: Option<Key>| {
        let bulk = after(old, HERE).0;
        if let Some(mark) = mark {
            bulk.mark(mark);
        }
        bulk.finish().unwrap()
    };
    assert_eq!(ending(&filled(), Some(HERE)), Ending::Keep);
    assert_eq!(ending(&filled(), Some(Key([2; 16]))), Ending::Remove);
    assert_eq!(ending(&filled(), None), Ending::Remove);
    assert_eq!(ending(&filled()[..filled().len() - 1], Some(HERE)), Ending::Remove);
    assert_eq!(ending(b"", None), Ending::Keep);
}

#[test]
fn what_others_write_to_a_volume_is_not_believed() {
    let long: Vec<u8> = (0..3 * BLOCK + 9).map(|place| u8::try_from(place % 251).unwrap()).collect();
    for at in [0, BLOCK, 3 * BLOCK + 8] {
        let (bulk, volume) = after(b"", HERE);
        let stretch = bulk.put(&long);
        for from in [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK + 7, long.len()] {
            assert_eq!(read(&bulk, &stretch, from), long[from..], "from {from}");
        }
        volume.0.lock().unwrap().get_mut()[at] ^= 1;
        let mut bytes = Vec::new();
        assert!(bulk.read(&stretch, 0).read_to_end(&mut bytes).is_err(), "at {at}");
        assert_eq!(bytes, long[..at / BLOCK * BLOCK]);
        assert!(bulk.is_damaged() && bulk.finish().is_err());
    }
    let (bulk, volume) = after(b"", HERE);
    let stretch = bulk.put(&long);
    volume.0.lock().unwrap().get_mut().truncate(BLOCK);
    assert!(bulk.read(&stretch, 0).read_to_end(&mut Vec::new()).is_err() && bulk.is_damaged());
}

#[test]
fn what_is_damaged_cut_off_or_of_another_program_is_nothing() {
    let whole = filled();
    let found = |bytes: &[u8], version| {
        let (bulk, _) = after(bytes, version);
        let places = (0..10_u8).filter(|place| bulk.get(Key::of(&[*place])).is_some());
        places.collect::<Vec<_>>()
    };
    assert_eq!(found(&whole, HERE).len(), 10);
    assert_eq!(found(&whole, Key([2; 16])).len(), 0);
    for at in 0..whole.len() {
        assert_eq!(found(&whole[..at], HERE).len(), 0, "cut at {at}");
        let mut other = whole.clone();
        other[at] ^= 1;
        let expected = if at < 45 {
            9
        } else if at < 45 + 14 {
            10
        } else {
            0
        };
        assert_eq!(found(&other, HERE).len(), expected, "damaged at {at}");
    }
}

#[test]
fn what_no_volume_takes_stays_in_memory() {
    let refused = || Bulk::after(None, Box::new(|| Err(io::ErrorKind::PermissionDenied.into())), HERE);
    for (bulk, reason) in
        [(Bulk::default(), io::ErrorKind::Unsupported), (refused(), io::ErrorKind::PermissionDenied)]
    {
        let stretches = [bulk.put(b"one"), bulk.put(b"two")];
        assert_eq!(stretches.map(|stretch| read(&bulk, &stretch, 1)), [b"ne", b"wo"]);
        assert!(!bulk.is_damaged());
        for _ in 0..2 {
            assert_eq!(bulk.finish().unwrap_err().kind(), reason);
        }
    }
}

/// A volume of so many bytes of which all but the last are nothing, and how many of them were read.
#[derive(Clone)]
struct Hollow {
    len: u64,
    at: u64,
    foot: Vec<u8>,
    read: Arc<Mutex<u64>>,
}

impl Read for Hollow {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        into.fill(0);
        for (byte, at) in into.iter_mut().zip(self.at..self.len) {
            let of_foot = at.checked_sub(self.len - self.foot.len() as u64);
            *byte = of_foot.map_or(0, |at| self.foot[usize::try_from(at).unwrap()]);
        }
        let count = (self.len - self.at).min(into.len() as u64);
        self.at += count;
        *self.read.lock().unwrap() += count;
        Ok(usize::try_from(count).unwrap())
    }
}

impl Write for Hollow {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Hollow {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(0) => self.len,
            _ => return Err(io::ErrorKind::Unsupported.into()),
        };
        Ok(self.at)
    }
}

#[test]
fn a_list_longer_than_any_is_not_read() {
    for (list, most) in [(u64::from(u32::MAX) * 48, FOOT as u64), (48, FOOT as u64 + 48)] {
        let foot = [&list.to_le_bytes()[..], &[0; 32], MAGIC].concat();
        let read = Arc::default();
        let volume = Hollow { len: list * 2, at: 0, foot, read: Arc::clone(&read) };
        let bulk = Bulk::after(Some(Box::new(volume)), Box::new(|| Err(io::Error::other("none"))), HERE);
        assert!(bulk.get(Key([0; 16])).is_none());
        assert_eq!(*read.lock().unwrap(), most);
    }
}
