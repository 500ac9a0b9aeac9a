import { Empty } from '../parts/states';

export function QueriesView() {
  return <Empty title="Queries" />;
}
