use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, mpsc},
};

use tokio::sync::oneshot;

use super::rules::Rules;
use crate::{
    Build,
    diagnostics::Diagnostic,
    pages::{Page, SEARCH_FILES},
    site::{Artist, Finished},
};

/// A site as it is shown. Its pages lie with the threads that draw them, which live as long as somebody holds it.
pub(super) struct Site {
    /// Which it is, of those of this process.
    pub(super) number: u64,
    /// The path that it lies under: `/` or `/archive/`.
    pub(super) base: String,
    pub(super) rules: Rules,
    /// The paths of its style sheets.
    pub(super) styles: Vec<String>,
    orders: mpsc::Sender<Order>,
}

/// Somebody asks for what stands at an address.
struct Order {
    address: String,
    reply: oneshot::Sender<Reply>,
}

/// Orders that wait for a thread.
pub(super) struct Orders(Mutex<mpsc::Receiver<Order>>);

/// What stands at an address.
pub(super) enum Reply {
    /// A page or a file, by its path.
    Bytes(String, Vec<u8>),
    /// A file that is sent as it lies on disk.
    File(String, PathBuf),
    /// A folder, whose address ends in `/`.
    Folder,
    /// Nothing.
    Missing,
    /// What could not be drawn or read.
    Failed,
}

impl Site {
    /// The site of `build`, and the orders that [`draw`] fills.
    pub(super) fn new(number: u64, base: &str, build: &Build<'_>) -> (Self, Orders) {
        let (orders, received) = mpsc::channel();
        let text = |path: &str| {
            let page = build.pages.iter().find(|page| page.path.as_str() == path);
            let text = page.and_then(|page| match &page.content {
                crate::pages::Content::Bytes(bytes) => Some(bytes.to_vec()),
                crate::pages::Content::Copy(asset) => asset.read().ok(),
                _ => None,
            });
            String::from_utf8_lossy(&text.unwrap_or_default()).into_owned()
        };
        let paths = build.pages.iter().map(|page| page.path.as_str());
        let site = Self {
            number,
            base: base.to_owned(),
            rules: Rules::read(&text("_headers"), &text("_redirects")),
            styles: paths.filter(|path| path.ends_with(".css")).map(str::to_owned).collect(),
            orders,
        };
        (site, Orders(Mutex::new(received)))
    }

    /// What stands at `address`, decoded and below the base: `actors/hamas/`.
    pub(super) async fn ask(&self, address: &str) -> Reply {
        let (reply, replied) = oneshot::channel();
        let order = Order { address: address.to_owned(), reply };
        match self.orders.send(order) {
            Ok(()) => replied.await.unwrap_or(Reply::Failed),
            Err(_) => Reply::Failed,
        }
    }
}

/// The pages of a build by their paths.
pub(super) struct Places<'a> {
    pages: &'a [Page],
    order: Arc<ByPath>,
}

/// The places of the pages in a list, in the order of their paths.
pub(super) struct ByPath {
    /// The list, which nobody changes.
    of: Arc<Vec<Page>>,
    places: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Those of `build`. The order that was made `last` holds for the very same list, and is replaced for another.
    pub(super) fn of(build: &'a Build<'_>, last: &mut Option<Arc<ByPath>>) -> Self {
        let pages = &build.pages;
        let known = last.take().filter(|order| Arc::ptr_eq(&order.of, pages));
        let order = known.unwrap_or_else(|| {
            let mut places: Vec<usize> = (0..pages.len()).collect();
            places.sort_by(|one, other| pages[*one].path.as_str().cmp(pages[*other].path.as_str()));
            Arc::new(ByPath { of: pages.clone(), places })
        });
        *last = Some(order.clone());
        Self { pages, order }
    }

    fn get(&self, path: &str) -> Option<&'a Page> {
        let found = self.order.places.binary_search_by(|place| self.pages[*place].path.as_str().cmp(path));
        found.ok().map(|found| &self.pages[self.order.places[found]])
    }
}

/// Draws what is asked for until nobody can ask any more, and tells `failed` what is wrong with a page.
pub(super) fn draw(
    orders: &Orders,
    artist: &Artist<'_>,
    places: &Places<'_>,
    failed: &(dyn Fn(Diagnostic) + Sync),
) {
    loop {
        let order = orders.0.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Order { address, reply }) = order else { return };
        let answer = find(&address, places).map_or_else(
            || {
                if places.get(&format!("{address}/index.html")).is_some() {
                    Reply::Folder
                } else if let Some(bytes) = of_search(&address, artist) {
                    Reply::Bytes(address.clone(), bytes.clone())
                } else {
                    Reply::Missing
                }
            },
            |page| drawn(page, artist, failed),
        );
        // Whoever asked may have gone.
        let _ = reply.send(answer);
    }
}

/// A file of the search, whose names are known only once they are made.
fn of_search<'a>(address: &str, artist: &'a Artist<'_>) -> Option<&'a Vec<u8>> {
    if address.starts_with(SEARCH_FILES) { artist.files_of_search().get(address) } else { None }
}

fn find<'a>(address: &str, places: &Places<'a>) -> Option<&'a Page> {
    if address.is_empty() || address.ends_with('/') {
        return places.get(&format!("{address}index.html"));
    }
    places.get(address)
}

fn drawn(page: &Page, artist: &Artist<'_>, failed: &(dyn Fn(Diagnostic) + Sync)) -> Reply {
    let path = page.path.to_string();
    match artist.draw(page) {
        Ok(Ok(Finished::Bytes(bytes))) => Reply::Bytes(path, bytes.into_owned()),
        // A page that its author wrote follows changes too, which takes our tag in it.
        Ok(Ok(Finished::File(asset))) if path.ends_with(".html") => {
            asset.read().map_or(Reply::Failed, |bytes| Reply::Bytes(path, bytes))
        }
        Ok(Ok(Finished::File(asset))) => Reply::File(path, asset.file().to_path_buf()),
        Ok(Err(problem)) => {
            failed(*problem);
            Reply::Failed
        }
        // The file is gone; that it is will be noticed.
        Err(_) => Reply::Failed,
    }
}
