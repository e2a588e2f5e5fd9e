import { Copy, Download, Eye, Gauge, PanelRight, ChartLine, Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { partKeys } from '../../../../contract/actions';
import { keyText } from '../../navigation/shortcut';
import { usePageActions } from '../../navigation/page-actions';
import { Button } from '../../components/button';
import { classNames } from '../../components/class-names';
import { Menu, MenuItem } from '../../components/overlays/menu';
import { useFormats } from '../../format/use-formats';
import { panelActionsOf } from './panel-actions';
import { copyFormats, exportFormats, views, type PanelToolbarProps } from './panel-choices';

/** Actions on a result. */
export function PanelToolbar(props: PanelToolbarProps) {
  const { view, onView, exporting, onCopy, onExport, onSaveMetric } = props;
  usePageActions(panelActionsOf(props));
  return (
    <div
      role="toolbar"
      aria-label="Result"
      className="@container flex shrink-0 flex-wrap items-center gap-1 border-b border-line bg-surface px-2 py-1"
    >
      <div role="radiogroup" aria-label="View" className="flex rounded-medium bg-sunken p-0.5">
        {views.map(([id, title, Icon]) => (
          <button
            key={id}
            type="button"
            role="radio"
            aria-checked={view === id}
            title={title}
            onClick={() => onView(id)}
            className={classNames(
              'flex h-6 items-center gap-1.5 rounded-small px-2 font-medium',
              view === id ? 'bg-surface shadow-raised' : 'text-ink-soft hover:text-ink',
            )}
          >
            <Icon size={13} aria-hidden /> <span className="@max-[36rem]:sr-only">{title}</span>
          </button>
        ))}
      </div>
      {view === 'table' && <TableTools {...props} />}
      <div className="ml-auto flex">
        <FormatMenu
          label="Copy"
          icon={
            <Button look="quiet" icon={Copy} title="Copy; hidden columns are left out">
              <Roomy>Copy</Roomy>
            </Button>
          }
          formats={copyFormats}
          onChoose={onCopy}
        />
        <FormatMenu
          label="Export"
          icon={
            <Button look="quiet" icon={Download} disabled={exporting} title="Export; hidden columns are left out">
              <Roomy>Export</Roomy>
            </Button>
          }
          formats={exportFormats}
          onChoose={onExport}
        />
        {onSaveMetric && (
          <Button look="quiet" icon={ChartLine} onClick={onSaveMetric} title="Save as metric">
            <Roomy first>Save as metric</Roomy>
          </Button>
        )}
      </div>
    </div>
  );
}

function TableTools({ onGoTo, onFind, onInspect, onProfile, onShowColumns }: PanelToolbarProps) {
  return (
    <>
      <GoToRow onGoTo={onGoTo} />
      <Button
        look="quiet"
        icon={Search}
        onClick={onFind}
        aria-label="Find in result"
        title={`Find in all rows (${keyText(partKeys.find.keys)} in the result)`}
      />
      <Button look="quiet" icon={PanelRight} onClick={onInspect} title="Inspect a cell (Enter or double-click)">
        <Roomy>Inspect</Roomy>
      </Button>
      <Button look="quiet" icon={Gauge} onClick={onProfile} title="Column profile">
        <Roomy>Profile</Roomy>
      </Button>
      <Button look="quiet" icon={Eye} aria-label="Show all columns" title="Show all columns" onClick={onShowColumns} />
    </>
  );
}

/** Text that is replaced by its icon where the toolbar would otherwise wrap. */
function Roomy({ children, first = false }: { children: string; first?: boolean }) {
  return <span className={first ? '@max-4xl:sr-only' : '@max-3xl:sr-only'}>{children}</span>;
}

interface FormatMenuProps<Format extends string> {
  readonly label: string;
  readonly icon: ReactNode;
  readonly formats: readonly (readonly [Format, string])[];
  readonly onChoose: (format: Format) => void;
}

function FormatMenu<Format extends string>({ label, icon, formats, onChoose }: FormatMenuProps<Format>) {
  return (
    <Menu label={label} trigger={icon}>
      {formats.map(([format, text]) => (
        <MenuItem key={format} onSelect={() => onChoose(format)}>
          {text}
        </MenuItem>
      ))}
    </Menu>
  );
}

function GoToRow({ onGoTo }: { onGoTo: (row: number) => void }) {
  const formats = useFormats();
  const [text, setText] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const row = formats.parseNumber(text);
        if (Number.isInteger(row) && row > 0) onGoTo(row - 1);
      }}
    >
      <input
        aria-label="Go to row"
        placeholder="Go to row"
        inputMode="numeric"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="ml-1 h-7 w-24 rounded-medium border border-line-strong bg-surface px-2"
      />
    </form>
  );
}
