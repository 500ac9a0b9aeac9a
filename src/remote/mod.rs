//! Other servers of SPARQL 1.1: the graph is written into them ([`Push`]), and they are asked ([`Server`]).
//!
//! A request goes to the server that is named and to no other: redirections are told, not followed. A password is shown
//! nowhere, and is sent only when the server asks for it ([RFC 7235](https://www.rfc-editor.org/rfc/rfc7235)).

mod address;
mod ask;
mod batch;
mod challenge;
mod client;
mod compare;
mod digest;
mod error;
mod patience;
mod push;
mod said;
mod served;

pub use address::{Address, Credentials};
pub use batch::Size;
pub use client::Client;
pub use error::RemoteError;
pub use push::{Event, Protocol, Push, Summary};
pub use served::{Server, Tupu};
