import { useConnection } from '../client/connection-context';
import { errorReportOf } from '../client/error-report';
import { useToast } from './toast-context';

/** A file that the user has saved outside the workspace. */
export interface SavedFile {
  /** Main knows its path by this id. */
  readonly exportId: string;
  readonly path: string;
}

/** Reports a saved file, with buttons that show it in its folder and open it. */
export function useFileToast(): (file: SavedFile) => void {
  const toast = useToast();
  const { main } = useConnection();
  return ({ exportId, path }) => {
    const [, folder = '', name = path] = /^(.*)[\\/]([^\\/]*)$/.exec(path) ?? [];
    const perform = (act: 'reveal' | 'open') => async () => {
      try {
        await main?.client.exports[act]({ exportId });
      } catch (error) {
        const report = errorReportOf(error);
        toast({ text: report.message, note: report.action, tone: 'bad' });
      }
    };
    toast({
      text: `Saved ${name}`,
      note: `In ${folder}`,
      tone: 'good',
      actions: [
        { title: 'Show in folder', run: () => void perform('reveal')() },
        { title: 'Open', run: () => void perform('open')() },
      ],
    });
  };
}
