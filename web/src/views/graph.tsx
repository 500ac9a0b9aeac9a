import { Empty } from '../parts/states';

export function GraphView() {
  return <Empty title="Graph" />;
}
