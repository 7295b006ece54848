//! Mentions as bytes, to be kept.

use super::Mention;
use crate::memo::numbers::{Numbers, pack};

impl Mention {
    /// `mentions` as bytes.
    pub fn to_bytes(mentions: &[Self]) -> Vec<u8> {
        // No text has 4 GiB.
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let mut numbers = vec![narrow(mentions.len())];
        for Self { stretch, range, source, note, owners, linkable } in mentions {
            let note = note.map_or(0, |note| narrow(note).saturating_add(1));
            numbers.extend([*stretch, range.start, range.end - range.start]);
            numbers.extend([narrow(source.start), narrow(source.len()), note, u32::from(*linkable)]);
            numbers.push(narrow(owners.len()));
            numbers.extend(owners);
        }
        pack(numbers)
    }

    /// The mentions that were made into `bytes`; nothing where they are none.
    pub fn of_bytes(bytes: &[u8]) -> Option<Vec<Self>> {
        let mut numbers = Numbers::of(bytes);
        let count = numbers.next()? as usize;
        // Each takes eight bytes or more.
        let mut mentions = Vec::with_capacity(count.min(bytes.len() / 8));
        for _ in 0..count {
            mentions.push(Self::next_of(&mut numbers)?);
        }
        numbers.next().is_none().then_some(mentions)
    }

    fn next_of(numbers: &mut Numbers<'_>) -> Option<Self> {
        let mut next = || numbers.next();
        let (stretch, start, len) = (next()?, next()?, next()?);
        let (from, bytes) = (next()? as usize, next()? as usize);
        let (note, linkable, owners) = (next()?, next()? != 0, next()?);
        Some(Self {
            stretch,
            range: start..start.checked_add(len)?,
            source: from..from.checked_add(bytes)?,
            note: note.checked_sub(1).map(|note| note as usize),
            owners: if owners == 1 {
                [next()?].into()
            } else {
                (0..owners).map(|_| next()).collect::<Option<_>>()?
            },
            linkable,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_come_back_as_they_were() {
        let one = Mention {
            stretch: 3,
            range: 5..9,
            source: 700..709,
            note: None,
            owners: [1, 70_000].into(),
            linkable: true,
        };
        let other =
            Mention { note: Some(0), linkable: false, source: 9..9, owners: [].into(), ..one.clone() };
        for mentions in [vec![], vec![one.clone()], vec![one, other]] {
            let bytes = Mention::to_bytes(&mentions);
            assert_eq!(Mention::of_bytes(&bytes), Some(mentions));
            assert_eq!(Mention::of_bytes(&bytes[..bytes.len() - 1]), None);
        }
    }
}
