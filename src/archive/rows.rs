/// Many short lists in one piece of memory, by their places.
#[derive(Debug, Hash)]
pub(super) struct Rows<T> {
    items: Vec<T>,
    /// Where each list ends among the items; the next begins there.
    ends: Vec<usize>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Rows<T> {
    /// Adds a list after the others.
    pub(super) fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.ends.push(self.items.len());
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The list at `place`; an empty one behind the last.
    pub(super) fn row(&self, place: usize) -> &[T] {
        let end = self.ends.get(place).copied().unwrap_or(self.items.len());
        let start = place.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(end));
        &self.items[start..end]
    }
}

impl Rows<u32> {
    /// For each number below `count` the places of the lists that hold it, in order.
    pub(super) fn turned(&self, count: usize) -> Self {
        let mut starts = vec![0; count + 1];
        for item in &self.items {
            starts[*item as usize + 1] += 1;
        }
        for number in 0..count {
            starts[number + 1] += starts[number];
        }
        let ends = starts[1..].to_vec();
        let mut items = vec![0; self.items.len()];
        for (place, row) in (0_u32..).zip((0..self.len()).map(|place| self.row(place))) {
            for item in row {
                let free = &mut starts[*item as usize];
                items[*free] = place;
                *free += 1;
            }
        }
        Self { items, ends }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found_by_their_places_and_turned_by_their_numbers() {
        let mut rows = Rows::default();
        for row in [vec![0, 2], vec![], vec![2]] {
            rows.push(row);
        }
        assert_eq!((rows.len(), rows.row(0), rows.row(1), rows.row(2)), (3, &[0, 2][..], &[][..], &[2][..]));
        assert_eq!(rows.row(3), &[] as &[u32]);
        assert_eq!(Rows::<u32>::default().row(0), &[] as &[u32]);
        let turned = rows.turned(3);
        assert_eq!((turned.row(0), turned.row(1), turned.row(2)), (&[0][..], &[][..], &[0, 2][..]));
    }
}
