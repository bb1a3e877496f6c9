/** Options of Streamlit that are ours to set, and the variables by which a user sets them (V12). */
export const STREAMLIT_OPTIONS = {
  'server.port': 'STREAMLIT_SERVER_PORT',
  'server.address': 'STREAMLIT_SERVER_ADDRESS',
  'server.headless': 'STREAMLIT_SERVER_HEADLESS',
  'server.fileWatcherType': 'STREAMLIT_SERVER_FILE_WATCHER_TYPE',
  'browser.gatherUsageStats': 'STREAMLIT_BROWSER_GATHER_USAGE_STATS',
} as const;

export type StreamlitOption = keyof typeof STREAMLIT_OPTIONS;

export const STREAMLIT_VARIABLES: readonly string[] = Object.values(STREAMLIT_OPTIONS);
