use std::ops::Range;

/// A part of a list that grows at its end.
///
/// Parts are counted from the oldest item, so that `page/1/` stays what it is for ever; the list's own address
/// shows what is newer than the last whole part, and at least one part's worth.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// Its number, from 1 for the oldest; `None` for the list's own address.
    pub number: Option<usize>,
    /// Which items, counted from the oldest.
    pub items: Range<usize>,
    /// How many numbered parts there are.
    pub numbered: usize,
}

/// The parts of a list of `len` items, `per_page` on each: the one at the list's own address first.
pub fn parts(len: usize, per_page: usize) -> Vec<Part> {
    let numbered = numbered(len, per_page);
    let mut parts = vec![Part { number: None, items: numbered * per_page..len, numbered }];
    for number in 1..=numbered {
        parts.push(Part {
            number: Some(number),
            items: (number - 1) * per_page..number * per_page,
            numbered,
        });
    }
    parts
}

/// The part of a list of `len` items, `per_page` on each, in which the item at `place` stands, counted from the
/// oldest: its number, or none for the list's own address.
pub fn part_of(place: usize, len: usize, per_page: usize) -> Option<usize> {
    (place < numbered(len, per_page) * per_page).then(|| place / per_page + 1)
}

fn numbered(len: usize, per_page: usize) -> usize {
    (len / per_page).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_list_has_one_part_at_its_own_address() {
        assert_eq!(parts(99, 50), [Part { number: None, items: 0..99, numbered: 0 }]);
    }

    proptest! {
        #[test]
        fn every_item_stands_in_one_part_and_a_numbered_part_never_changes(len in 0_usize..500, more in 0_usize..300, per_page in 1_usize..60) {
            let before = parts(len, per_page);
            let mut seen: Vec<usize> = before.iter().flat_map(|part| part.items.clone()).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..len).collect::<Vec<_>>());
            let after = parts(len + more, per_page);
            for (old, new) in before.iter().zip(&after).skip(1) {
                prop_assert_eq!((old.number, &old.items), (new.number, &new.items));
            }
            prop_assert!(len < per_page || before[0].items.len() >= per_page);
            prop_assert!(before[0].items.len() < 2 * per_page);
            for part in &before {
                prop_assert!(part.items.clone().all(|place| part_of(place, len, per_page) == part.number));
            }
        }
    }
}
