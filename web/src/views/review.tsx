import { Empty } from '../parts/states';

export function ReviewView() {
  return <Empty title="Review" />;
}
