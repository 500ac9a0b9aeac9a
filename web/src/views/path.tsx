import { Empty } from '../parts/states';

export function PathView() {
  return <Empty title="Path" />;
}
