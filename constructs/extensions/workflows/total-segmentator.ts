import type { Construct } from 'constructs';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';
import { ModelDownload } from '../contract/model-download';
import { WorkflowExtension } from '../contract/workflow-extension';

/** Parts of the model of the whole body. */
const WHOLE_BODY = [
  'Task251_TotalSegmentator_part1_organs_1139subj',
  'Task252_TotalSegmentator_part2_vertebrae_1139subj',
  'Task253_TotalSegmentator_part3_cardiac_1139subj',
  'Task254_TotalSegmentator_part4_muscles_1139subj',
  'Task255_TotalSegmentator_part5_ribs_1139subj',
  'Task256_TotalSegmentator_3mm_1139subj',
] as const;

const definition = defineExtension({
  name: 'total-segmentator-workflow',
  title: 'TotalSegmentator',
  purpose: 'Segments 104 structures of the body in CT images; the second version takes its place',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  documentation: 'user_guide/extensions.html#totalsegmentator',
  installer: 'dag-total-segmentator',
  images: ['get-totalsegmentator-models'],
  taskImages: ['get-totalsegmentator-models', 'pyradiomics', 'total-segmentator'],
  workflows: ['total-segmentator'],
  parameters: {
    task_ids: {
      type: 'list_multi',
      choices: [
        ...WHOLE_BODY,
        'Task258_lung_vessels_248subj',
        'Task150_icb_v0',
        'Task260_hip_implant_71subj',
        'Task269_Body_extrem_6mm_1200subj',
        'Task503_cardiac_motion',
        'Task273_Body_extrem_1259subj',
        'Task315_thoraxCT',
      ],
      default: WHOLE_BODY,
      definition: 'Models to download',
    },
  },
});

/** Segmentation of the whole body, first version (total-segmentator-workflow, Kaapana 0.6.0). */
export class TotalSegmentator extends WorkflowExtension {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: ExtensionProps<typeof definition>) {
    super(scope, id, props);
    const { platform, services, parameters } = props;
    const name = 'get-totalsegmentator-models';
    new ModelDownload(this, 'Models', {
      platform,
      services,
      name,
      image: platform.images.ref(name),
      directory: 'total_segmentator/nnUNet',
      models: parameters.task_ids,
    });
  }
}
