use super::{Content, INDEX_PER_PAGE, plan::Planner};

/// Where the page stands that counts how the archive treats the sides of what it tells.
pub const BALANCE: &str = "method/balance/";

impl Planner<'_> {
    /// The index of publishers and a list for each, and the page that counts how sides are treated.
    pub(super) fn publishers(&mut self) {
        let archive = self.archive;
        let listed = archive.publishers.len();
        for (number, start) in (0..listed).step_by(INDEX_PER_PAGE).enumerate() {
            let range = start..(start + INDEX_PER_PAGE).min(listed);
            let address =
                if number == 0 { "sources/".to_owned() } else { format!("sources/page/{}/", number + 1) };
            self.page(&address, Content::Publishers(number + 1, range), None);
        }
        for place in archive.publisher_places() {
            let publisher = &archive[place];
            self.list(&publisher.address, publisher.works.len(), None, |part| {
                Content::Publisher(place, part)
            });
        }
        if self.settings.outputs.balance {
            self.page(BALANCE, Content::Balance, None);
        }
    }
}
