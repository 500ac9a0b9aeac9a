import { Empty } from '../parts/states';

export function ReadView() {
  return <Empty title="Read" />;
}
