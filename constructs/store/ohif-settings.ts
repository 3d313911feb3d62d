/** A source of images: paths of a DICOMweb service at the host of the page. */
export interface ImageSource {
  /** Name that users see. */
  readonly label: string;

  /** Path of searches and retrievals. */
  readonly path: string;
}

/** What of the viewer's frame is shown. */
export interface ViewerFrame {
  readonly showHeader: boolean;
  readonly showLeftPanel: boolean;
  readonly showRightPanel: boolean;
  readonly showStudyList: boolean;
}

/** What the viewer is told when a page is opened. */
export interface ViewerSettings {
  /** Path of the viewer itself. */
  readonly path: string;

  readonly source: ImageSource;

  /** Frames by the value of `mode` in the page's address; `default` without one. */
  readonly frames: Readonly<Record<string, ViewerFrame>> & { readonly default: ViewerFrame };
}

const SOURCE = 'dicomweb';

/** The settings as the script that OHIF 3.10 loads: functions and the host of the page cannot be written as data. */
export function viewerScript(settings: ViewerSettings): string {
  const { source, frames } = settings;
  return `// Written by the deployment program.
(() => {
  const frames = ${JSON.stringify(frames, undefined, 2)};
  const settings = ${JSON.stringify(common(settings), undefined, 2)};
  const source = ${JSON.stringify(imageSource(source), undefined, 2)};
  const mode = new URLSearchParams(window.location.search).get('mode');
  const root = window.location.origin + ${JSON.stringify(source.path)};
  source.configuration.qidoRoot = root;
  source.configuration.wadoRoot = root;
  window.config = {
    ...settings,
    ...(Object.hasOwn(frames, mode) ? frames[mode] : frames.default),
    dataSources: [source],
    whiteLabeling: { createLogoComponentFn: (React) => React.createElement(React.Fragment) },
  };
})();
`;
}

function common({ path }: ViewerSettings): object {
  return {
    routerBasename: `${path}/`,
    defaultDataSourceName: SOURCE,
    extensions: [],
    modes: [],
    investigationalUseDialog: { option: 'never' },
  };
}

function imageSource({ label }: ImageSource): object {
  return {
    friendlyName: label,
    namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
    sourceName: SOURCE,
    configuration: {
      name: 'DicomWebFilter',
      imageRendering: 'wadors',
      thumbnailRendering: 'wadors',
      enableStudyLazyLoad: true,
      qidoSupportsIncludeField: true,
      supportsFuzzyMatching: true,
      supportsWildcard: true,
      supportsReject: true,
    },
  };
}
