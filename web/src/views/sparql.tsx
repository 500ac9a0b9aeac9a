import { Empty } from '../parts/states';

export function SparqlView() {
  return <Empty title="Sparql" />;
}
