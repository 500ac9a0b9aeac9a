//! The graph of a workspace written into another server.
//!
//! Every triple has IRIs and literals alone, so sending one again does no harm: a batch that may or may not have been
//! taken is simply sent again. What a server took and then lost, because it was killed before it wrote, shows when the
//! triples of each graph are counted at the end.

use std::collections::BTreeSet;
use std::time::Duration;

use oxigraph::model::{GraphName, NamedNode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::batch::Batch;
use super::client::Request;
use super::compare::{AT_ONCE, counts};
use super::patience::persist;
use super::{Address, Client, RemoteError, Size};
use crate::store::{Limits, Store};

/// So many graphs are emptied by one request.
const EMPTIED: usize = 50;
/// So often at most is sent again what the server lacks.
const ROUNDS: usize = 3;

/// How changes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// SPARQL 1.1 Update: `INSERT DATA` of several graphs at once.
    Update,
    /// SPARQL 1.1 Graph Store HTTP Protocol: each graph by itself.
    GraphStore,
}

/// What is written where, and how.
#[derive(Debug)]
pub struct Push {
    /// Sends it.
    pub client: Client,
    /// Where changes are taken.
    pub to: Address,
    /// How they are told.
    pub protocol: Protocol,
    /// Where queries are answered; without it nothing is compared.
    pub query: Option<Address>,
    /// Whether that address is a guess of ours: one that does not answer queries is no mistake then.
    pub guessed: bool,
    /// The graph for what stands in the default graph; else the default graph.
    pub default_graph: Option<NamedNode>,
    /// Whether each graph is emptied before.
    pub replace: bool,
    /// How much at once.
    pub size: Size,
    /// How long a request is tried again.
    pub retry_for: Duration,
}

/// What happens meanwhile.
#[derive(Debug)]
pub enum Event<'a> {
    /// So many triples in all.
    Begun(u64),
    /// So many were taken now.
    Sent(u64),
    /// Something failed, and is tried again after a while.
    Waiting(&'a RemoteError, Duration),
    /// What the server has is counted.
    Comparing,
    /// So many triples are sent again, since the server lacks some of their graphs.
    Again(u64),
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many graphs were written, the default graph included.
    pub graphs: usize,
    /// How many triples they have.
    pub triples: u64,
    /// How many requests the server took them in.
    pub batches: u64,
    /// How often something was tried again.
    pub retries: u64,
    /// How many graphs were sent again because the server had lost some of them.
    pub again: usize,
    /// How many graphs have more triples there than were sent: they had some before.
    pub more: usize,
    /// Why nothing was compared, if nothing was.
    pub not_compared: Option<String>,
}

/// A graph that is written, and what is known of it.
struct Graph {
    source: GraphName,
    triples: u64,
}

/// A push under way.
struct Run<'a> {
    push: &'a Push,
    store: &'a Store,
    graphs: Vec<Graph>,
    /// What each is called there; the default graph has no name.
    names: Vec<Option<NamedNode>>,
    size: Size,
    /// The graphs whose next triples replace what they hold, by the graph store protocol.
    put: BTreeSet<usize>,
    sent: u64,
    summary: Summary,
    tell: &'a mut dyn FnMut(Event<'_>),
}

impl Push {
    /// Writes all that the store has, named graphs in the order of their names, then the default graph.
    ///
    /// # Errors
    /// Where the server refuses something, cannot be reached for too long, or does not keep what it takes. What it has
    /// taken stays.
    pub fn run(&self, store: &Store, tell: &mut dyn FnMut(Event<'_>)) -> Result<Summary, RemoteError> {
        let named = store.named_graphs()?;
        if let Some(taken) = self.default_graph.as_ref().filter(|name| named.contains(name)) {
            return Err(RemoteError::Taken(taken.as_str().to_owned()));
        }
        let names = named.iter().cloned().map(Some).chain([self.default_graph.clone()]).collect();
        let sources = named.into_iter().map(GraphName::from).chain([GraphName::DefaultGraph]);
        let graphs: Vec<Graph> = sources.map(|source| Graph { source, triples: 0 }).collect();
        let (put, summary) = (BTreeSet::new(), Summary { graphs: graphs.len(), ..Summary::default() });
        let run = Run { push: self, store, graphs, names, size: self.size, put, sent: 0, summary, tell };
        run.run()
    }
}

impl Run<'_> {
    fn run(mut self) -> Result<Summary, RemoteError> {
        let all = self.store.len()? as u64;
        (self.tell)(Event::Begun(all));
        let delivered = self.deliver_all();
        delivered.map_err(|why| match self.sent {
            0 => why,
            sent => RemoteError::Undelivered { why: Box::new(why), sent, of: all },
        })?;
        self.summary.triples = self.graphs.iter().map(|graph| graph.triples).sum();
        self.compare()?;
        Ok(self.summary)
    }

    fn deliver_all(&mut self) -> Result<(), RemoteError> {
        let everything: Vec<usize> = (0..self.graphs.len()).collect();
        let (to, push) = (self.address(self.names.len().saturating_sub(1)), self.push);
        self.tried(|| push.client.greet(&to, push.content()))?;
        self.deliver(&everything)
    }

    /// Sends these graphs.
    fn deliver(&mut self, graphs: &[usize]) -> Result<(), RemoteError> {
        if self.push.replace {
            self.empty(graphs)?;
        }
        let mut batch = Batch::default();
        for &at in graphs {
            let found = self.store.graph(&self.graphs[at].source, &Limits::default())?;
            let triples = found.map(|(triples, _)| triples).unwrap_or_default();
            self.graphs[at].triples = triples.len() as u64;
            for triple in &triples {
                batch.add(at, triple);
                if batch.is_full(self.size) {
                    self.send(std::mem::take(&mut batch))?;
                }
            }
            if self.push.protocol == Protocol::GraphStore {
                self.send(std::mem::take(&mut batch))?;
            }
        }
        self.send(batch)
    }

    /// Empties these graphs, or sees to it that their first triples replace what is there.
    fn empty(&mut self, graphs: &[usize]) -> Result<(), RemoteError> {
        if self.push.protocol == Protocol::GraphStore {
            self.put.extend(graphs);
            return Ok(());
        }
        for some in graphs.chunks(EMPTIED) {
            let clear = |at: &usize| match &self.names[*at] {
                Some(name) => format!("CLEAR SILENT GRAPH {name}"),
                None => "CLEAR SILENT DEFAULT".to_owned(),
            };
            let update = some.iter().map(clear).collect::<Vec<_>>().join(" ;\n");
            self.request("POST", &self.push.to.clone(), &update)?;
        }
        Ok(())
    }

    /// Sends a batch, in halves where it is too large for the server; later ones are no larger then.
    fn send(&mut self, batch: Batch) -> Result<(), RemoteError> {
        let Some(first) = batch.statements.first().map(|statement| statement.graph) else { return Ok(()) };
        let triples = batch.statements.len();
        let sent = match self.push.protocol {
            Protocol::Update => self.request("POST", &self.push.to.clone(), &batch.update(&self.names)),
            Protocol::GraphStore => {
                let method = if self.put.contains(&first) { "PUT" } else { "POST" };
                self.request(method, &self.address(first), &batch.turtle())
            }
        };
        match sent {
            Ok(()) => {
                self.put.remove(&first);
                self.sent += triples as u64;
                self.summary.batches += 1;
                (self.tell)(Event::Sent(triples as u64));
                Ok(())
            }
            Err(error) if error.is_too_large() => {
                let Some([one, other]) = batch.halves() else { return Err(error) };
                self.size.triples = self.size.triples.min(triples.div_ceil(2));
                self.send(one)?;
                self.send(other)
            }
            Err(error) => Err(error),
        }
    }

    /// One request that changes something.
    fn request(&mut self, method: &'static str, address: &Address, body: &str) -> Result<(), RemoteError> {
        let push = self.push;
        let request = Request { method, address, content: push.content(), accept: "*/*", body: body.as_bytes() };
        self.tried(|| push.client.send(&request).map(drop))
    }

    /// Does what may fail for a while.
    fn tried<T>(&mut self, attempt: impl FnMut() -> Result<T, RemoteError>) -> Result<T, RemoteError> {
        let Self { tell, summary, push, .. } = self;
        let mut waiting = |error: &RemoteError, wait| {
            summary.retries += 1;
            tell(Event::Waiting(error, wait));
        };
        persist(push.retry_for, &mut waiting, attempt)
    }

    /// Where changes to a graph are sent.
    fn address(&self, graph: usize) -> Address {
        let to = &self.push.to;
        match (self.push.protocol, self.names.get(graph).and_then(Option::as_ref)) {
            (Protocol::Update, _) => to.clone(),
            (Protocol::GraphStore, None) => to.asking("default"),
            (Protocol::GraphStore, Some(name)) => {
                to.asking(&format!("graph={}", utf8_percent_encode(name.as_str(), NON_ALPHANUMERIC)))
            }
        }
    }

    /// Counts what the server has, and sends again the graphs of which it lacks something.
    fn compare(&mut self) -> Result<(), RemoteError> {
        let Some(query) = self.push.query.clone() else {
            self.summary.not_compared =
                Some("where it answers queries is not known: name it with --query URL".to_owned());
            return Ok(());
        };
        (self.tell)(Event::Comparing);
        let mut open: Vec<usize> = (0..self.graphs.len()).collect();
        for round in 0..=ROUNDS {
            let found = match self.count(&query, &open) {
                Err(error @ (RemoteError::Refused { .. } | RemoteError::Unreadable { .. })) if self.push.guessed => {
                    self.summary.not_compared = Some(format!("{error}; name the address with --query URL"));
                    return Ok(());
                }
                found => found?,
            };
            let differ = |(at, there): &(&usize, &u64)| {
                let sent = self.graphs[**at].triples;
                **there < sent || (self.push.replace && self.is_exact(**at) && **there != sent)
            };
            let lacking: Vec<(usize, u64)> =
                open.iter().zip(&found).filter(differ).map(|(at, there)| (*at, *there)).collect();
            let more = |(at, there): &(&usize, &u64)| **there > self.graphs[**at].triples && self.is_exact(**at);
            self.summary.more += open.iter().zip(&found).filter(more).count();
            if lacking.is_empty() {
                return Ok(());
            }
            if round == ROUNDS {
                return Err(self.lost(&query, &lacking));
            }
            open = lacking.into_iter().map(|(at, _)| at).collect();
            self.summary.again += open.len();
            (self.tell)(Event::Again(open.iter().map(|at| self.graphs[*at].triples).sum()));
            self.deliver(&open)?;
        }
        Ok(())
    }

    /// Whether a graph has its own triples alone: on many servers the default graph shows those of all named graphs.
    fn is_exact(&self, graph: usize) -> bool {
        self.names[graph].is_some()
    }

    fn count(&mut self, query: &Address, graphs: &[usize]) -> Result<Vec<u64>, RemoteError> {
        let (names, push) = (self.names.clone(), self.push);
        let mut found = Vec::with_capacity(graphs.len());
        for some in graphs.chunks(AT_ONCE) {
            let names: Vec<Option<&NamedNode>> = some.iter().map(|at| names[*at].as_ref()).collect();
            found.extend(self.tried(|| counts(&push.client, query, &names))?);
        }
        Ok(found)
    }

    fn lost(&self, query: &Address, lacking: &[(usize, u64)]) -> RemoteError {
        let missing = lacking.iter().map(|(at, there)| self.graphs[*at].triples.saturating_sub(*there)).sum();
        let name = lacking.first().and_then(|(at, _)| self.names[*at].as_ref());
        let first = name.map_or_else(|| "the default graph".to_owned(), ToString::to_string);
        RemoteError::Lost { server: query.to_string(), missing, graphs: lacking.len(), first }
    }
}

impl Push {
    const fn content(&self) -> &'static str {
        match self.protocol {
            Protocol::Update => "application/sparql-update",
            Protocol::GraphStore => "text/turtle; charset=utf-8",
        }
    }
}
