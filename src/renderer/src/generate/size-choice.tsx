import { ChoiceCards, type Choice } from '../components/choice-cards';
import { Field } from '../components/field';
import { parseNumber } from '../format/formats';
import { formatCount } from '../format/numbers';
import type { GenerateFormState } from './use-generate-form';

type Preset = 'quick' | 'standard' | 'big';

const rowsOf: Record<Preset, number> = { quick: 100_000, standard: 1_000_000, big: 10_000_000 };

const presets: readonly Choice<Preset>[] = [
  { value: 'quick', title: 'Quick', note: '100 thousand events' },
  { value: 'standard', title: 'Standard', note: '1 million events' },
  { value: 'big', title: 'Big', note: '10 million events' },
];

/** How much? One of three sizes, or any number. */
export function SizeChoice({ state: { form, field, change } }: { state: GenerateFormState }) {
  const rows = parseNumber(form.rows);
  const chosen = presets.find(({ value }) => rowsOf[value] === rows)?.value ?? null;
  return (
    <div className="grid grid-cols-[1fr_120px] items-end gap-3">
      <ChoiceCards
        legend="How much"
        choices={presets}
        value={chosen}
        autoFocus
        onChange={(preset) => change({ rows: formatCount(rowsOf[preset]) })}
      />
      <Field label="Rows" inputMode="numeric" {...field('rows')} />
    </div>
  );
}
