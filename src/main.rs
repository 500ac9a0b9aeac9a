//! The program `tupu`: Chinese text in, a knowledge graph that answers out. Everything it does is in the library;
//! its commands are in [`tupu::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    tupu::cli::main().into()
}
