import { useQueryClient } from '@tanstack/react-query';
import { useConnection } from '../client/connection-context';
import { errorReportOf } from '../client/error-report';
import { readAgain } from '../client/read-again';
import { goTo } from '../navigation/route';
import { useToast } from '../notifications/toast-context';

/**
 * Deletes a metric of the user's without a question, since a message offers to undo it.
 * @returns a function that takes its model, and the page that shows it again after an undo
 */
export function useDeleteMetric(): (model: string, page: string) => void {
  const { warehouse } = useConnection();
  const queryClient = useQueryClient();
  const toast = useToast();
  const tellFailure = (error: unknown) => {
    const { message, action } = errorReportOf(error);
    toast({ text: message, note: action, tone: 'bad' });
  };
  return (model, page) => {
    if (!warehouse) return;
    const { ownMetric } = warehouse.client;
    const restore = async (id: string) => {
      try {
        await ownMetric.restore({ id });
        await readAgain(queryClient);
        goTo(page, model);
      } catch (error) {
        tellFailure(error);
      }
    };
    const remove = async () => {
      try {
        const { id, readBy } = await ownMetric.remove({ model });
        goTo(page);
        await readAgain(queryClient);
        const note =
          readBy.length > 0
            ? `${readBy.join(', ')} can’t be built without it.`
            : 'The next refresh drops its table. The file is kept in models/.deleted.';
        toast({
          text: `Deleted ${model}`,
          note,
          tone: 'info',
          actions: [{ title: 'Undo', run: () => void restore(id) }],
        });
      } catch (error) {
        tellFailure(error);
      }
    };
    void remove();
  };
}
