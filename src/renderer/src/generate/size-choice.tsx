import { ChoiceCards } from '../components/forms/choice-cards';
import { Field } from '../components/forms/field';
import { useFormats } from '../format/use-formats';
import type { GenerateFormState } from './use-generate-form';

type Preset = 'quick' | 'standard' | 'big';

const rowsOf: Record<Preset, number> = { quick: 100_000, standard: 1_000_000, big: 10_000_000 };

const titles: Record<Preset, string> = { quick: 'Quick', standard: 'Standard', big: 'Big' };
const presets: readonly Preset[] = ['quick', 'standard', 'big'];

/** Number of events: one of three presets, or any number. */
export function SizeChoice({ state: { form, field, change } }: { state: GenerateFormState }) {
  const formats = useFormats();
  const rows = formats.parseNumber(form.rows);
  const chosen = presets.find((preset) => rowsOf[preset] === rows) ?? null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_120px] items-start gap-3">
      <ChoiceCards
        legend="Number of events"
        choices={presets.map((value) => ({ value, title: titles[value], note: formats.compact(rowsOf[value]) }))}
        value={chosen}
        autoFocus
        onChange={(preset) => change({ rows: formats.count(rowsOf[preset]) })}
      />
      <Field label="Rows" inputMode="numeric" {...field('rows')} />
    </div>
  );
}
