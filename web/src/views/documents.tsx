import { Empty } from '../parts/states';

export function DocumentsView() {
  return <Empty title="Documents" />;
}
