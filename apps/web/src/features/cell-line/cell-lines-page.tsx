import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { PageHeader } from '#ui/page-header.tsx';
import { currentLab } from '../shell/current-lab.ts';
import { CellLineTable } from './cell-line-table.tsx';
import { CellLinesEmpty } from './cell-lines-empty.tsx';
import { RegisterCellLine } from './register-cell-line.tsx';
import { SearchBox } from './search-box.tsx';

const CellLinesQuery = graphql(`
  query CellLines($organization: ID!, $search: String) {
    cellLines(organization: $organization, search: $search, first: 100) {
      edges { node { id ...CellLineTable_cellLine } }
      pageInfo { hasNextPage }
    }
  }
`);

/** The lab's registry. */
export async function CellLinesPage({ search }: { readonly search: string }) {
  const lab = await currentLab();
  const { cellLines } = await read(CellLinesQuery, {
    organization: lab.id,
    search: search === '' ? null : search,
  });
  const lines = cellLines.edges.map(({ node }) => node);
  const isEmpty = lines.length === 0 && search === '';
  return (
    <>
      <PageHeader
        title="Cell lines"
        says="What the lab calls its populations. A model learns to tell these apart."
        actions={
          isEmpty || !lab.viewerCanRegisterLines ? undefined : <RegisterCellLine organization={lab.id} />
        }
      />
      {isEmpty ? (
        <CellLinesEmpty organization={lab.viewerCanRegisterLines ? lab.id : null} />
      ) : (
        <>
          <SearchBox search={search} />
          <CellLineTable lines={lines} search={search} />
          {cellLines.pageInfo.hasNextPage && (
            <p className="mt-2 text-muted text-xs">The first 100 by name. Search for the others.</p>
          )}
        </>
      )}
    </>
  );
}
