'use client';

import type { Device, Devices } from '#client/device/media/use-devices';
import { useTranslations } from '#client/device/words/translations';
import { SelectField } from '#components/form/field';

type DeviceChoiceProps = {
  devices: Devices;
  cameraId: string | null;
  microphoneId: string | null;
  onCamera(deviceId: string): void;
  onMicrophone(deviceId: string): void;
};

/** Any camera and any microphone by its name; nothing where there is nothing to choose. */
export function DeviceChoice({ devices, cameraId, microphoneId, onCamera, onMicrophone }: DeviceChoiceProps) {
  const t = useTranslations('device');
  return (
    <>
      <Choice label={t('chooseCamera')} kind="camera" devices={devices.cameras} value={cameraId} onChange={onCamera} />
      <Choice
        label={t('chooseMicrophone')}
        kind="microphone"
        devices={devices.microphones}
        value={microphoneId}
        onChange={onMicrophone}
      />
    </>
  );
}

type ChoiceProps = {
  label: string;
  kind: 'camera' | 'microphone';
  devices: readonly Device[];
  value: string | null;
  onChange(deviceId: string): void;
};

function Choice({ label, kind, devices, value, onChange }: ChoiceProps) {
  const t = useTranslations('device');
  if (devices.length < 2) return null;
  const isHere = devices.some(({ id }) => id === value);
  return (
    <SelectField label={label} value={isHere ? (value ?? '') : ''} onChange={(event) => onChange(event.target.value)}>
      {isHere ? null : <option value="">{t('systemsOwn')}</option>}
      {devices.map(({ id, label: name }, index) => (
        <option key={id} value={id}>
          {name || t('unnamed', { kind, number: index + 1 })}
        </option>
      ))}
    </SelectField>
  );
}
